// Made by heapscope generate from dish.csv: change that, and run it again.

/** How many rows there are: 0 to one less. */
export const DISH_ROWS = 15

/** name of a row. @param row 0 to {@link DISH_ROWS} - 1 */
export function dishName(row: number): string {
    switch (row) {
        case 0:
            return "Tomato soup"
        case 1:
            return "Onion rings"
        case 2:
            return "Caesar salad"
        case 3:
            return "Margherita"
        case 4:
            return "Four cheeses"
        case 5:
            return "Lasagne"
        case 6:
            return "Ramen"
        case 7:
            return "Green curry"
        case 8:
            return "Fish and chips"
        case 9:
            return "Burger"
        case 10:
            return "Ribeye steak"
        case 11:
            return "Tiramisu"
        case 12:
            return "Cheesecake"
        case 13:
            return "Espresso"
        default:
            return "Lemonade"
    }
}

/** The row with this name, or -1: one after another. */
export function findDishByName(value: string): number {
    switch (value) {
        case "Tomato soup":
            return 0
        case "Onion rings":
            return 1
        case "Caesar salad":
            return 2
        case "Margherita":
            return 3
        case "Four cheeses":
            return 4
        case "Lasagne":
            return 5
        case "Ramen":
            return 6
        case "Green curry":
            return 7
        case "Fish and chips":
            return 8
        case "Burger":
            return 9
        case "Ribeye steak":
            return 10
        case "Tiramisu":
            return 11
        case "Cheesecake":
            return 12
        case "Espresso":
            return 13
        case "Lemonade":
            return 14
        default:
            return -1
    }
}

/** cents of a row. @param row 0 to {@link DISH_ROWS} - 1 */
export function dishCents(row: number): number {
    return hex`
        8a 02 08 02 d4 03 1a 04 6e 05 00 05 46 05 8c 05 04 06 28 05 e6 0a a8 02
        6c 02 04 01 86 01
    `.getAt(row * 2, "u16")
}

/** steps of a row. @param row 0 to {@link DISH_ROWS} - 1 */
export function dishSteps(row: number): number {
    return hex`08 09 07 12 14 16 10 13 14 11 1c 05 04 03 02`[row]
}
