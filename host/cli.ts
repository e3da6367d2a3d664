console.log("heapscope")
