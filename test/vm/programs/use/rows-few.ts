// Six are few.
const legs: { length: number; angle: number; phase: number }[] = []
for (let i = 0; i < 6; i++) legs.push({ length: 100 + i, angle: i * 30, phase: i % 3 })
let sum = 0
setInterval(() => {
    for (const leg of legs) sum += leg.angle
}, 100)
