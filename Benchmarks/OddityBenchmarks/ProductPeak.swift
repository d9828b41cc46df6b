import OddityLinearAlgebra

/// What one core reaches in a large product of matrices: the ceiling for everything else.
func productPeak(_ harness: Harness, size: Int = 1_024) -> Measurement {
    let buffers = (0..<3).map { _ in AlignedBuffer(count: size * size) }
    var stream = RandomStream(seed: 1, use: .sampling)
    stream.fillUniform(buffers[0].elements)
    stream.fillUniform(buffers[1].elements)
    let time = harness.times { count in
        for _ in 0..<count {
            Products.multiply(
                buffers[0].baseAddress,
                buffers[1].baseAddress,
                into: buffers[2].baseAddress,
                m: size,
                n: size,
                k: size
            )
        }
    }
    let gigaflops = 2e-9 * Double(size * size * size)
    return Measurement(
        benchmark: "sgemm",
        name: "\(size) × \(size)",
        threads: 1,
        unit: "GFLOP/s",
        median: gigaflops / time.median,
        best: gigaflops / time.best,
        cpu: gigaflops / time.cpu,
        gigaflops: gigaflops / time.best
    )
}
