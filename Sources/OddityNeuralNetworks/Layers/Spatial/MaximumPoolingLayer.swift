internal import COddityKernels
internal import OddityLinearAlgebra

/// y = the largest number of a window, channel by channel.
struct MaximumPoolingLayer: Layer {
    let geometry: WindowGeometry

    var inputSize: Int { geometry.imageSize }
    var outputSize: Int { geometry.windows.count * geometry.channels }
    var isSpatial: Bool { true }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedMaximumPooling(self, place) }
}

final class PlannedMaximumPooling: PlannedLayer {
    private let layer: MaximumPoolingLayer
    private let taps: PoolingTaps
    private let outputs: AlignedBuffer
    /// Where in its row's input each number was found.
    private let places: UnsafeMutableBufferPointer<Int32>

    let output: UnsafeMutablePointer<Float>

    init(_ layer: MaximumPoolingLayer, _ place: LayerPosition) {
        self.layer = layer
        taps = PoolingTaps(layer.geometry)
        let count = place.rowCapacity * layer.outputSize
        outputs = AlignedBuffer(count: count)
        places = .allocate(capacity: count)
        places.initialize(repeating: 0)
        output = outputs.baseAddress
    }

    deinit {
        places.deallocate()
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        guard let places = places.baseAddress else { return }
        let size = layer.outputSize
        taps.withPoints { points, starts in
            for row in 0..<rowCount {
                oddity_maximum_of_windows(
                    input + row * layer.inputSize,
                    points,
                    starts,
                    layer.geometry.windows.count,
                    layer.geometry.channels,
                    output + row * size,
                    places + row * size
                )
            }
        }
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        guard let inputGradient, let places = places.baseAddress else { return }
        inputGradient.update(repeating: 0, count: rowCount * layer.inputSize)
        for row in 0..<rowCount {
            let target = inputGradient + row * layer.inputSize
            let start = row * layer.outputSize
            for i in start..<(start + layer.outputSize) { target[Int(places[i])] += gradient[i] }
        }
    }
}
