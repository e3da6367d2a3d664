import { dishCents, dishSteps } from "./dish.generated"
import { DISH_BITS, DISH_MASK } from "./guest"

// The menu is dish.csv, and `heapscope generate devs/station/dish.csv` makes a table in flash of it: it
// takes no heap, nor does a name that it returns. Its rows count from 0, dishes from 1.

/** What a guest's dishes cost together, in cents. @param dishes as in `Guest` */
export function billCents(dishes: number): number {
    let cents = 0
    for (; dishes !== 0; dishes >>= DISH_BITS) cents += dishCents((dishes & DISH_MASK) - 1)
    return cents
}

/** How many steps a guest's dishes cook: they start together, so the slowest counts. */
export function cookingSteps(dishes: number): number {
    let steps = 0
    for (; dishes !== 0; dishes >>= DISH_BITS)
        steps = Math.max(steps, dishSteps((dishes & DISH_MASK) - 1))
    return steps
}
