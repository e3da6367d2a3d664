// The drinks machine: what there is and what it costs, and a sale now and then.
interface Drink {
    name: string
    cents: number
    slot: number
    hot: boolean
}

const drinks: Drink[] = [
    { name: "water", cents: 100, slot: 1, hot: false },
    { name: "cola", cents: 180, slot: 2, hot: false },
    { name: "coffee", cents: 150, slot: 3, hot: true },
    { name: "tea", cents: 140, slot: 4, hot: true },
    { name: "cocoa", cents: 170, slot: 5, hot: true },
    { name: "juice", cents: 200, slot: 6, hot: false },
    { name: "iced tea", cents: 190, slot: 7, hot: false },
    { name: "espresso", cents: 160, slot: 8, hot: true },
]
let takings = 0
let turn = 0

setInterval(() => {
    turn = (turn * 5 + 3) % drinks.length
    const drink = drinks[turn]
    takings += drink.cents
    console.log(`${drink.name} from slot ${drink.slot}${drink.hot ? ", hot" : ""}: ${takings}`)
}, 1000)
