/** The line of text that the counter sends for an order: its number and its category. */
export function readLine(order: number): string {
    return `order ${order}: ${categoryName((order * 7) % 10)}`
}

function categoryName(category: number): string {
    switch (category) {
        case 0:
        case 1:
            return "Appetizer"
        case 2:
        case 3:
            return "Dessert"
        case 4:
            return "Beverage"
        default:
            return "Main course"
    }
}
