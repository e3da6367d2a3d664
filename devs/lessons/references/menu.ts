/** A dish as it comes from the restaurant's office: its texts are on the heap. */
export interface MenuItem {
    name: string
    description: string
    cents: number
    category: string
}

/** How many dishes there are. */
export const DISHES = 40

/** The menu of the day. */
export function loadMenu(): MenuItem[] {
    const menu: MenuItem[] = []
    for (let i = 0; i < DISHES; i++)
        menu.push({
            name: `Item ${i}`,
            description: `Description for item ${i}`,
            cents: 500 + ((i * 170) % 2000),
            category: `Category ${i % 5}`,
        })
    return menu
}
