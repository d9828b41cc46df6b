extension LayerDescription {
    /// An ``lstm(_:)`` written in one go.
    public static func lstm(
        units: Int,
        returnsSequence: Bool = true,
        direction: Recurrence.Direction = .forward
    ) -> LayerDescription {
        .lstm(Recurrence(units: units, returnsSequence: returnsSequence, direction: direction))
    }

    /// A ``gru(_:)`` written in one go.
    public static func gru(
        units: Int,
        returnsSequence: Bool = true,
        direction: Recurrence.Direction = .forward
    ) -> LayerDescription {
        .gru(Recurrence(units: units, returnsSequence: returnsSequence, direction: direction))
    }

    /// The same dense layer on each point of a series or an image: a convolution of kernel 1.
    ///
    /// ``dense(outputSize:useBias:)`` instead takes all points together, as one flat row.
    public static func timeDistributedDense(
        outputSize: Int,
        useBias: Bool = true
    ) -> LayerDescription {
        .convolution(channels: outputSize, kernel: 1, useBias: useBias)
    }

    /// The shape of a recurrent layer's output, or that of a repetition.
    func recurrentOutputShape(of input: Shape) -> Shape? {
        switch self {
        case .lstm(let layer), .gru(let layer):
            layer.returnsSequence
                ? .series(length: input.sizes[0], channels: layer.outputChannels)
                : .flat(layer.outputChannels)
        case .repeatVector(let count): .series(length: count, channels: input.count)
        default: nil
        }
    }

    /// Checks that a recurrent layer or a repetition fits its input.
    func validateRecurrent(at index: Int, input: Shape) throws {
        func check(_ name: String, _ value: Int, to high: Int) throws {
            guard (1...high).contains(value) else {
                throw NetworkError.count(name: name, value: value, range: 1...high, layer: index)
            }
        }
        switch self {
        case .lstm(let layer), .gru(let layer):
            guard input.sizes.count == 2 else {
                throw NetworkError.notASeries(input, layer: index)
            }
            try check("the number of units", layer.units, to: Recurrence.unitLimit)
            // Neither number is above 2²⁴.
            let count = input.sizes[0] * layer.outputChannels
            guard count <= NetworkDescription.shapedSizeLimit else {
                throw NetworkError.recurrentMemory(count, layer: index)
            }
        case .repeatVector(let count):
            try check("the number of repetitions", count, to: NetworkDescription.sizeLimit)
        default: break
        }
    }
}
