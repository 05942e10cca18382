import fc from 'fast-check'

// Property tests draw the same cases every time, so that a green run stays green. Every failure prints its seed; with
// CLIENTELE_SEED=random, or a number, other cases are drawn.
const given = process.env.CLIENTELE_SEED
if (given !== 'random') fc.configureGlobal({ seed: given === undefined ? 1 : Number(given) })
