internal import OddityLinearAlgebra

/// y = weight · (x − mean) / √(variance + epsilon) + bias, with mean and variance of each row.
struct LayerNormalization: Layer {
    let inputSize: Int
    let epsilon: Float

    var outputSize: Int { inputSize }
    var parameterShapes: [(name: String, shape: [Int])] {
        [("weight", [inputSize]), ("bias", [inputSize])]
    }

    func setInitialValues(of tensors: InitialTensors, for use: InitialUse) {
        tensors.parameters[0].update(repeating: 1)
    }

    func planned(at place: LayerPosition) -> any PlannedLayer {
        PlannedLayerNormalization(self, place)
    }
}

final class PlannedLayerNormalization: PlannedLayer {
    private let layer: LayerNormalization
    private let place: LayerPosition
    private let outputs: AlignedBuffer
    // (x − mean) / √(variance + epsilon)
    private let normalized: AlignedBuffer
    // 1 / √(variance + epsilon) of each row
    private let inverses: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: LayerNormalization, _ place: LayerPosition) {
        self.layer = layer
        self.place = place
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        normalized = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        inverses = AlignedBuffer(count: place.rowCapacity)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let n = layer.outputSize
        let share = 1 / Float(n)
        let weights = pass.parameters + place.parameterOffsets[0]
        let biases = pass.parameters + place.parameterOffsets[1]
        for r in 0..<rowCount {
            let x = input + r * n
            let u = normalized.baseAddress + r * n
            let y = output + r * n
            let mean = sumOfElements(x, count: n) * share
            for j in 0..<n { u[j] = x[j] - mean }
            let variance = sumOfProducts(u, u, count: n) * share
            let inverse = 1 / (variance + layer.epsilon).squareRoot()
            inverses.baseAddress[r] = inverse
            for j in 0..<n {
                u[j] *= inverse
                y[j] = u[j] * weights[j] + biases[j]
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
        let n = layer.outputSize
        let share = 1 / Float(n)
        let weights = pass.parameters + place.parameterOffsets[0]
        let weightGradients = gradients + place.parameterOffsets[0]
        let biasGradients = gradients + place.parameterOffsets[1]
        weightGradients.update(repeating: 0, count: n)
        biasGradients.update(repeating: 0, count: n)
        for r in 0..<rowCount {
            let g = gradient + r * n
            let u = normalized.baseAddress + r * n
            for j in 0..<n {
                weightGradients[j] += g[j] * u[j]
                biasGradients[j] += g[j]
            }
            guard let inputGradient else { continue }
            for j in 0..<n { g[j] *= weights[j] }
            let mean = sumOfElements(g, count: n) * share
            let slope = sumOfProducts(g, u, count: n) * share
            let inverse = inverses.baseAddress[r]
            let d = inputGradient + r * n
            for j in 0..<n { d[j] = inverse * (g[j] - mean - u[j] * slope) }
        }
    }
}

/// The sum of x[i], in eight lanes.
private func sumOfElements(_ x: UnsafePointer<Float>, count: Int) -> Float {
    var lanes = SIMD8<Float>.zero
    var i = 0
    while i + 8 <= count {
        lanes += UnsafeRawPointer(x + i).loadUnaligned(as: SIMD8<Float>.self)
        i += 8
    }
    var sum = lanes.sum()
    while i < count {
        sum += x[i]
        i += 1
    }
    return sum
}

/// The sum of x[i]·y[i], in eight lanes.
private func sumOfProducts(
    _ x: UnsafePointer<Float>,
    _ y: UnsafePointer<Float>,
    count: Int
) -> Float {
    var lanes = SIMD8<Float>.zero
    var i = 0
    while i + 8 <= count {
        lanes +=
            UnsafeRawPointer(x + i).loadUnaligned(as: SIMD8<Float>.self)
            * UnsafeRawPointer(y + i).loadUnaligned(as: SIMD8<Float>.self)
        i += 8
    }
    var sum = lanes.sum()
    while i < count {
        sum += x[i] * y[i]
        i += 1
    }
    return sum
}
