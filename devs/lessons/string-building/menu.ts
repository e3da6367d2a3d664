/** What a dish is called; dishes go on from the start after the last. */
export function dishName(dish: number): string {
    switch (dish % 6) {
        case 0:
            return "Pasta carbonara"
        case 1:
            return "Caesar salad"
        case 2:
            return "Tiramisu"
        case 3:
            return "Ramen"
        case 4:
            return "Burger"
        default:
            return "Wine"
    }
}

/** What a dish costs, in cents. */
export function dishCents(dish: number): number {
    return 405 + (dish % 6) * 370
}
