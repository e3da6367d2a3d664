setInterval(() => console.log("random " + Math.round(Math.random() * 1000000)), 100)
