// A shop's catalogue and what is on offer today: each offer is a copy of its article.
interface Article {
    name: string
    cents: number
    shelf: number
}
const articles = new Array<Article>(30)
for (let i = 0; i < 30; i++) articles[i] = { name: `article ${i}`, cents: 99 + 7 * i, shelf: i % 6 }
const offers = new Array<Article>(30)
for (let i = 0; i < 30; i++) {
    //: offers
    offers[i] = Object.assign({}, articles[i]) as Article
    //|
    //- offers[i] = articles[i]
    //.
}
//: suppliers
const suppliers = new Array<string>(80)
for (let i = 0; i < 80; i++) suppliers[i] = "supplier number " + (i % 4)
//|
//- const names: string[] = []
//- for (let i = 0; i < 4; i++) names.push("supplier number " + i)
//- const suppliers = Buffer.alloc(80)
//- for (let i = 0; i < 80; i++) suppliers[i] = i % 4
//.
let turn = 0
let total = 0
setInterval(() => {
    total += offers[turn % 30].cents + articles[turn % 30].shelf
    //: suppliers
    total += suppliers[turn % 80].length
    //|
    //- total += names[suppliers[turn % 80]].length
    //.
    turn++
}, 150)
