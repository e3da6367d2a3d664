const list: number[] = [1, 2, 3]
list["length"] -= 1
console.log("still " + list.length)
