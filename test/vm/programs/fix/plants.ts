// Waters six plants: how wet each was is kept, to see which dries fastest.
class Plant {
    name: string
    moisture: number
    watered: number
    wet: number[]
    constructor(name: string, moisture: number) {
        this.name = name
        this.moisture = moisture
        this.watered = 0
        this.wet = []
    }
}

const plants: Plant[] = [
    new Plant("basil", 60),
    new Plant("mint", 75),
    new Plant("thyme", 40),
    new Plant("parsley", 55),
    new Plant("chives", 65),
    new Plant("sage", 35),
]

let hour = 0
setInterval(() => {
    hour++
    for (let i = 0; i < plants.length; i++) {
        const plant = plants[i]
        plant.moisture -= 1 + (i % 3)
        plant.wet.push(plant.moisture)
        if (plant.moisture < 20) {
            plant.moisture = 80
            plant.watered++
            console.log(`hour ${hour}: ${plant.name} watered ${plant.watered} times`)
        }
    }
    if (hour % 24 === 0) {
        for (const plant of plants) {
            const then = plant.wet[plant.wet.length - 24]
            console.log(`${plant.name}: ${then} to ${plant.moisture}`)
        }
    }
}, 100)
