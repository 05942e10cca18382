// Peers from npm. None of them is needed: one that is not installed sits out.
import { readFileSync } from 'node:fs'

/**
 * A package as a contestant, named with its version.
 *
 * @param {string} name
 * @param {(module: any) => (() => unknown) | Promise<() => unknown>} enter makes the run, outside the clock
 * @param {string} how how it takes part, after its name
 * @returns an entry of `contestants`
 */
export async function packagePeer(name, enter, how = '') {
  try {
    const module = await import(name)
    return { [`${name} ${versionOf(name)}${how}`]: await enter(module) }
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    return { [`${name}${how}`]: `${name} is not installed` }
  }
}

function versionOf(name) {
  // Found from where it was imported: not every package exports its package.json.
  const entry = import.meta.resolve(name)
  const folder = entry.slice(0, entry.lastIndexOf(`node_modules/${name}/`) + `node_modules/${name}/`.length)
  return JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')).version
}
