import fc from 'fast-check'
import { parseHTML } from 'linkedom/worker'
import { expect, test } from 'vitest'
import { cleanText, escapeText, labelText } from '../../src/plot/labelText.ts'

test('escapes what could leave text or a quoted attribute', () => {
  expect(escapeText(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;')
})

test('control characters, half surrogates and overrides of direction become visible', () => {
  expect(cleanText('a\u0000b\u001bc\u202ed\ud800e\u2066f\uffff')).toBe('a�b�c�d�e�f�')
  expect(cleanText('tab\tline\nemoji 🛒 עברית')).toBe('tab\tline\nemoji 🛒 עברית')
})

test('escaped text never holds markup, and reads back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const escaped = escapeText(text)
      expect(escaped).not.toMatch(/[<>"']/)
      const { document } = parseHTML(`<html><body><p title="${escaped}">${escaped}</p></body></html>`)
      expect(document.querySelector('p')!.textContent).toBe(cleanText(text))
      expect(document.querySelector('p')!.getAttribute('title')).toBe(cleanText(text))
    }),
  )
})

test('labels have one line and a limit, counted in characters and not in halves of them', () => {
  expect(labelText('  two\n lines ')).toBe('two lines')
  expect(labelText('🛒'.repeat(30), 5)).toBe('🛒🛒🛒🛒…')
  expect(labelText('exactly5', 8)).toBe('exactly5')
})
