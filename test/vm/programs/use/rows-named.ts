// What is summed belongs to what has a name of its own.
const rooms: { name: string; area: number; floor: number }[] = []
for (let i = 0; i < 40; i++) rooms.push({ name: "room " + i, area: 10 + (i % 30), floor: i % 3 })
let area = 0
setInterval(() => {
    area = 0
    for (const room of rooms) area += room.area
}, 100)
