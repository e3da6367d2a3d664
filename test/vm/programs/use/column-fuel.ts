// The fuel of a fleet, by index.
const fleet: { id: number; fuel: number; row: number; seat: number }[] = []
for (let i = 0; i < 50; i++) fleet.push({ id: 1000 + i, fuel: i * 4, row: i % 6, seat: i % 11 }) // here
let total = 0
setInterval(() => {
    total = 0
    for (let i = 0; i < fleet.length; i++) total += fleet[i].fuel
}, 150)
