internal import OddityLinearAlgebra

/// States that follow from the input and the state before, point by point.
struct RecurrentLayer: Layer {
    /// What makes a state of the one before.
    enum Cell: Sendable {
        case lstm
        case gru

        /// The products of a unit with the input, and with the state before.
        var gateCount: Int { self == .lstm ? 4 : 3 }
    }

    let cell: Cell
    let units: Int
    let returnsSequence: Bool
    let direction: Recurrence.Direction
    let length: Int
    let channels: Int
    /// Whether all points of a row are known to be the same, as behind a repetition: the products with
    /// the input are then made once for all of them.
    let readsRepetition: Bool

    init(_ cell: Cell, _ layer: Recurrence, on shape: Shape, readsRepetition: Bool) {
        self.cell = cell
        units = layer.units
        returnsSequence = layer.returnsSequence
        direction = layer.direction
        length = shape.sizes[0]
        channels = shape.channels
        self.readsRepetition = readsRepetition
    }

    var gateSize: Int { cell.gateCount * units }
    var directionCount: Int { direction == .bidirectional ? 2 : 1 }
    var outputChannels: Int { directionCount * units }

    var inputSize: Int { length * channels }
    var outputSize: Int { returnsSequence ? length * outputChannels : outputChannels }
    var isRecurrent: Bool { true }
    var reusedMultiplications: Int {
        let inputs = readsRepetition ? 0 : channels
        return directionCount * (length - 1) * (inputs + units) * gateSize
    }

    /// The tensors of a direction.
    var tensorsPerDirection: Int { cell == .lstm ? 3 : 4 }

    var parameterShapes: [(name: String, shape: [Int])] {
        let tensors = [
            (name: "weight", shape: [channels, gateSize]),
            (name: "recurrent_weight", shape: [units, gateSize]),
            (name: "bias", shape: [gateSize]), (name: "recurrent_bias", shape: [units]),
        ].prefix(tensorsPerDirection)
        let reverse = tensors.map { (name: "reverse_" + $0.name, shape: $0.shape) }
        return directionCount == 1 ? Array(tensors) : tensors + reverse
    }

    func setInitialValues(of tensors: InitialTensors, for use: InitialUse) {
        var stream = RandomStream(seed: use.seed, use: .initialization, index: use.layer)
        let isUniform = use.initializer == .pytorchUniform
        let all = 1 / Float(units).squareRoot()
        for first in stride(from: 0, to: tensors.parameters.count, by: tensorsPerDirection) {
            let weight = tensors.parameters[first]
            let recurrentWeight = tensors.parameters[first + 1]
            let biases = tensors.parameters[(first + 2)..<(first + tensorsPerDirection)]
            let limit = isUniform ? all : (6 / Float(channels + units)).squareRoot()
            let recurrentLimit = isUniform ? all : (3 / Float(units)).squareRoot()
            stream.fillUniform(weight, from: -limit, to: limit)
            stream.fillUniform(recurrentWeight, from: -recurrentLimit, to: recurrentLimit)
            if isUniform {
                for bias in biases { stream.fillUniform(bias, from: -all, to: all) }
            } else if cell == .lstm, let bias = biases.first {
                for unit in units..<(2 * units) { bias[unit] = 1 }
            }
        }
    }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedRecurrent(self, place) }
}
