/** Bits that one dish takes in `Guest.dishes`. A menu has 15 rows at most, since 0 means no dish. */
export const DISH_BITS = 4
/** Takes the first dish out of `Guest.dishes`. */
export const DISH_MASK = 15
/** The most dishes a guest orders: `dishes` then fills two bytes. */
export const MAX_DISHES = 4

/** Who stands at the door. There is one, refilled for every guest, so that guests cost no heap. */
export class Guest {
    /** Rows of the menu from 1 on, `DISH_BITS` each, the first one lowest. */
    dishes: number = 0
    /** 0 to 15: how much the house cares for this guest. */
    priority: number = 0
    urgent: boolean = false
    takeout: boolean = false
    /** Which of the free places this guest would take: any integer from 0 on. */
    wish: number = 0
}
