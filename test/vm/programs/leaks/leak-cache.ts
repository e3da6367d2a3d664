// A cache by text, without a bound. Its keys are made at run time.
class MenuCache {
    private readonly entries: any = {}
    price(dish: string): number {
        if (this.entries[dish] === undefined) this.entries[dish] = dish.length * 100 // fills
        return this.entries[dish]
    }
}
const cache = new MenuCache()
let n = 0
setInterval(() => {
    cache.price("dish of the day " + n++)
}, 1500)
