import OddityNeuralNetworks

/// Spatial layers in double precision, written point by point as their definitions say.
struct ReferenceImages {
    var shape: Shape
    let rowCount: Int
    var x: [Double]

    private var height: Int { shape.sizes.count == 3 ? shape.sizes[0] : 1 }
    private var width: Int { shape.sizes[shape.sizes.count - 2] }
    private var channels: Int { shape.channels }
    private var isSeries: Bool { shape.sizes.count == 2 }

    private func shape(_ height: Int, _ width: Int, _ channels: Int) -> Shape {
        isSeries ? [width, channels] : [height, width, channels]
    }

    /// Height and width; a series has a height of its own.
    private func pair(_ numbers: PerAxis, flat: Int) -> (Int, Int) {
        isSeries ? (flat, numbers.values[0]) : (numbers.values[0], numbers.values.last ?? 0)
    }

    mutating func convolve(_ layer: Convolution, weight: [Double], bias: [Double]) {
        let (kernelHeight, kernelWidth) = pair(layer.kernel, flat: 1)
        let (strideY, strideX) = pair(layer.stride, flat: 1)
        let (dilationY, dilationX) = pair(layer.dilation, flat: 1)
        let (top, left, right): (Int, Int, Int)
        switch layer.padding {
        case .zeros(let zeros):
            (top, left) = pair(zeros, flat: 0)
            right = left
        case .causal: (top, left, right) = (0, dilationX * (kernelWidth - 1), 0)
        }
        let outputHeight = (height + 2 * top - dilationY * (kernelHeight - 1) - 1) / strideY + 1
        let outputWidth = (width + left + right - dilationX * (kernelWidth - 1) - 1) / strideX + 1
        let (groupIn, groupOut) = (channels / layer.groups, layer.channels / layer.groups)
        var y: [Double] = []
        for row in 0..<rowCount {
            for i in 0..<(outputHeight * outputWidth * layer.channels) {
                let o = i % layer.channels
                let (line, column) = (
                    i / layer.channels / outputWidth, i / layer.channels % outputWidth
                )
                var sum = bias.isEmpty ? 0 : bias[o]
                for tap in 0..<(kernelHeight * kernelWidth) {
                    let yy = line * strideY + tap / kernelWidth * dilationY - top
                    let xx = column * strideX + tap % kernelWidth * dilationX - left
                    guard yy >= 0, yy < height, xx >= 0, xx < width else { continue }
                    for c in 0..<groupIn {
                        let place = ((row * height + yy) * width + xx) * channels
                        sum +=
                            x[place + o / groupOut * groupIn + c]
                            * weight[(tap * groupIn + c) * layer.channels + o]
                    }
                }
                y.append(sum)
            }
        }
        (x, shape) = (y, shape(outputHeight, outputWidth, layer.channels))
    }

    mutating func convolveTransposed(
        _ layer: TransposedConvolution,
        weight: [Double],
        bias: [Double]
    ) {
        let (kernelHeight, kernelWidth) = pair(layer.kernel, flat: 1)
        let (strideY, strideX) = pair(layer.stride, flat: 1)
        let (dilationY, dilationX) = pair(layer.dilation, flat: 1)
        let (top, left) = pair(layer.padding, flat: 0)
        let (moreY, moreX) = pair(layer.outputPadding, flat: 0)
        let outputHeight =
            (height - 1) * strideY - 2 * top + dilationY * (kernelHeight - 1) + moreY + 1
        let outputWidth =
            (width - 1) * strideX - 2 * left + dilationX * (kernelWidth - 1) + moreX + 1
        let (groupIn, groupOut) = (channels / layer.groups, layer.channels / layer.groups)
        let count = rowCount * outputHeight * outputWidth
        var y = (0..<count).flatMap { _ in
            bias.isEmpty ? [Double](repeating: 0, count: layer.channels) : bias
        }
        for i in x.indices {
            let (c, point) = (i % channels, i / channels)
            let (column, line, row) = (
                point % width, point / width % height, point / width / height
            )
            for tap in 0..<(kernelHeight * kernelWidth) {
                let yy = line * strideY + tap / kernelWidth * dilationY - top
                let xx = column * strideX + tap % kernelWidth * dilationX - left
                guard yy >= 0, yy < outputHeight, xx >= 0, xx < outputWidth else { continue }
                let place = ((row * outputHeight + yy) * outputWidth + xx) * layer.channels
                for o in 0..<groupOut {
                    y[place + c / groupIn * groupOut + o] +=
                        x[i] * weight[(c * kernelHeight * kernelWidth + tap) * groupOut + o]
                }
            }
        }
        (x, shape) = (y, shape(outputHeight, outputWidth, layer.channels))
    }

    mutating func pool(_ layer: Pooling, isMaximum: Bool) {
        let (kernelHeight, kernelWidth) = pair(layer.kernel, flat: 1)
        let (strideY, strideX) = pair(layer.stride, flat: 1)
        let (top, left) = pair(layer.padding, flat: 0)
        let outputHeight = (height + 2 * top - kernelHeight) / strideY + 1
        let outputWidth = (width + 2 * left - kernelWidth) / strideX + 1
        var y: [Double] = []
        for i in 0..<(rowCount * outputHeight * outputWidth * channels) {
            let (c, point) = (i % channels, i / channels)
            let (column, line) = (point % outputWidth, point / outputWidth % outputHeight)
            let row = point / outputWidth / outputHeight
            var found: [Double] = []
            for yy in (line * strideY - top)..<(line * strideY - top + kernelHeight) {
                for xx in (column * strideX - left)..<(column * strideX - left + kernelWidth) {
                    guard yy >= 0, yy < height, xx >= 0, xx < width else { continue }
                    found.append(x[((row * height + yy) * width + xx) * channels + c])
                }
            }
            let mean = found.reduce(0, +) / Double(kernelHeight * kernelWidth)
            y.append(isMaximum ? found.max() ?? .nan : mean)
        }
        (x, shape) = (y, shape(outputHeight, outputWidth, channels))
    }

    mutating func upsample(_ factor: PerAxis, _ interpolation: Interpolation) {
        let (factorY, factorX) = pair(factor, flat: 1)
        /// The place in the input, and how far it lies behind a point.
        func place(_ i: Int, _ factor: Int, _ size: Int) -> (Int, Int, Double) {
            if interpolation == .nearest { return (i / factor, i / factor, 0) }
            let t = max(0, (Double(i) + 0.5) / Double(factor) - 0.5)
            return (min(size - 1, Int(t)), min(size - 1, Int(t) + 1), t - t.rounded(.down))
        }
        var y: [Double] = []
        for i in 0..<(x.count * factorY * factorX) {
            let (c, point) = (i % channels, i / channels)
            let (low, high, v) = place(
                point / (width * factorX) % (height * factorY),
                factorY,
                height
            )
            let (left, right, u) = place(point % (width * factorX), factorX, width)
            let row = point / (width * factorX) / (height * factorY)
            func at(_ line: Int, _ column: Int) -> Double {
                x[((row * height + line) * width + column) * channels + c]
            }
            y.append(
                (1 - v) * ((1 - u) * at(low, left) + u * at(low, right))
                    + v * ((1 - u) * at(high, left) + u * at(high, right))
            )
        }
        (x, shape) = (y, shape(height * factorY, width * factorX, channels))
    }
}
