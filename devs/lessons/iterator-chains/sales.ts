/** One dish sold. */
export interface Sale {
    name: string
    cents: number
    day: number
}

const SALES = 120

/** The sales of the last year. */
export function loadSales(): Sale[] {
    const sales = new Array<Sale>(SALES)
    for (let i = 0; i < SALES; i++)
        sales[i] = { name: dishName(i % 10), cents: 1000 + ((i * 130) % 5000), day: (i * 3) % 365 }
    return sales
}

function dishName(dish: number): string {
    return dish < 4 ? "Pasta" : dish < 7 ? "Burger" : "Salad"
}
