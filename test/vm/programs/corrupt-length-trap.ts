const list: { i: number }[] = []
for (let round = 0; round < 50; round++) {
    for (let i = 0; i < 20; i++) list.push({ i })
    list.length = 0
    console.log("round " + round)
}
