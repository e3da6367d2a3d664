/** Here it is there from the start; a tab fetches it while its first program runs, which speaks to nobody. */
export { makeWorld } from "../world/world"
