extension LayerDescription: Codable {
    private enum Kind: String, Codable {
        case dense, tiedDense, activation, dropout, batchNormalization, layerNormalization, residual
        case gaussianNoise, maskingNoise, swapNoise, multiScaleNoise
        case activityPenalty, centerPenalty, sparsityPenalty, topK, variational
        case convolution, transposedConvolution, maximumPooling, averagePooling, upsampling
        case flatten, reshape
        case lstm, gru, repeatVector
    }

    private enum Key: String, CodingKey {
        case type, outputSize, useBias, function, rate, momentum, epsilon
        case to, layers, deviation, low, high, l1, target, weight, k
        case latentSize, klWeight, warmUpSteps, meanL1, freeBits
        case factor, interpolation, shape, count
    }

    /// Reads the form described at ``LayerDescription``.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func number(_ key: Key) throws -> Float { try values.decode(Float.self, forKey: key) }
        func count(_ key: Key) throws -> Int { try values.decode(Int.self, forKey: key) }
        switch try values.decode(Kind.self, forKey: .type) {
        case .dense:
            self = .dense(
                outputSize: try count(.outputSize),
                useBias: try values.decode(Bool.self, forKey: .useBias)
            )
        case .tiedDense: self = .tiedDense(to: try count(.to))
        case .activation:
            self = .activation(try values.decode(Activation.self, forKey: .function))
        case .dropout: self = .dropout(rate: try number(.rate))
        case .batchNormalization:
            self = .batchNormalization(
                momentum: try number(.momentum),
                epsilon: try number(.epsilon)
            )
        case .layerNormalization: self = .layerNormalization(epsilon: try number(.epsilon))
        case .residual:
            self = .residual(try values.decode([LayerDescription].self, forKey: .layers))
        case .gaussianNoise: self = .gaussianNoise(deviation: try number(.deviation))
        case .maskingNoise: self = .maskingNoise(rate: try number(.rate))
        case .swapNoise: self = .swapNoise(rate: try number(.rate))
        case .multiScaleNoise:
            self = .multiScaleNoise(low: try number(.low), high: try number(.high))
        case .activityPenalty: self = .activityPenalty(l1: try number(.l1))
        case .centerPenalty: self = .centerPenalty(weight: try number(.weight))
        case .sparsityPenalty:
            self = .sparsityPenalty(target: try number(.target), weight: try number(.weight))
        case .topK: self = .topK(try count(.k))
        case .variational:
            self = .variational(
                latentSize: try count(.latentSize),
                klWeight: try number(.klWeight),
                warmUpSteps: try count(.warmUpSteps),
                meanL1: try number(.meanL1),
                freeBits: try number(.freeBits)
            )
        case .convolution: self = .convolution(try Convolution(from: decoder))
        case .transposedConvolution:
            self = .transposedConvolution(try TransposedConvolution(from: decoder))
        case .maximumPooling: self = .maximumPooling(try Pooling(from: decoder))
        case .averagePooling: self = .averagePooling(try Pooling(from: decoder))
        case .upsampling:
            self = .upsampling(
                factor: try values.decode(PerAxis.self, forKey: .factor),
                interpolation: try values.decode(Interpolation.self, forKey: .interpolation)
            )
        case .flatten: self = .flatten
        case .reshape: self = .reshape(try values.decode(Shape.self, forKey: .shape))
        case .lstm: self = .lstm(try Recurrence(from: decoder))
        case .gru: self = .gru(try Recurrence(from: decoder))
        case .repeatVector: self = .repeatVector(count: try count(.count))
        }
    }

    /// Writes the form described at ``LayerDescription``.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(kind, forKey: .type)
        switch self {
        case .dense(let outputSize, let useBias):
            try values.encode(outputSize, forKey: .outputSize)
            try values.encode(useBias, forKey: .useBias)
        case .tiedDense(let source):
            try values.encode(source, forKey: .to)
        case .activation(let function):
            try values.encode(function, forKey: .function)
        case .dropout(let rate), .maskingNoise(let rate), .swapNoise(let rate):
            try values.encode(rate, forKey: .rate)
        case .batchNormalization(let momentum, let epsilon):
            try values.encode(momentum, forKey: .momentum)
            try values.encode(epsilon, forKey: .epsilon)
        case .layerNormalization(let epsilon):
            try values.encode(epsilon, forKey: .epsilon)
        case .residual(let layers):
            try values.encode(layers, forKey: .layers)
        case .gaussianNoise(let deviation):
            try values.encode(deviation, forKey: .deviation)
        case .multiScaleNoise(let low, let high):
            try values.encode(low, forKey: .low)
            try values.encode(high, forKey: .high)
        case .activityPenalty(let l1):
            try values.encode(l1, forKey: .l1)
        case .centerPenalty(let weight):
            try values.encode(weight, forKey: .weight)
        case .sparsityPenalty(let target, let weight):
            try values.encode(target, forKey: .target)
            try values.encode(weight, forKey: .weight)
        case .topK(let k):
            try values.encode(k, forKey: .k)
        case .variational(let latentSize, let klWeight, let warmUpSteps, let meanL1, let freeBits):
            try values.encode(latentSize, forKey: .latentSize)
            try values.encode(klWeight, forKey: .klWeight)
            try values.encode(warmUpSteps, forKey: .warmUpSteps)
            try values.encode(meanL1, forKey: .meanL1)
            try values.encode(freeBits, forKey: .freeBits)
        case .convolution(let layer): try layer.encode(to: encoder)
        case .transposedConvolution(let layer): try layer.encode(to: encoder)
        case .maximumPooling(let layer), .averagePooling(let layer): try layer.encode(to: encoder)
        case .upsampling(let factor, let interpolation):
            try values.encode(factor, forKey: .factor)
            try values.encode(interpolation, forKey: .interpolation)
        case .flatten: break
        case .reshape(let shape):
            try values.encode(shape, forKey: .shape)
        case .lstm(let layer), .gru(let layer): try layer.encode(to: encoder)
        case .repeatVector(let count):
            try values.encode(count, forKey: .count)
        }
    }

    private var kind: Kind {
        switch self {
        case .dense: .dense
        case .tiedDense: .tiedDense
        case .activation: .activation
        case .dropout: .dropout
        case .batchNormalization: .batchNormalization
        case .layerNormalization: .layerNormalization
        case .residual: .residual
        case .gaussianNoise: .gaussianNoise
        case .maskingNoise: .maskingNoise
        case .swapNoise: .swapNoise
        case .multiScaleNoise: .multiScaleNoise
        case .activityPenalty: .activityPenalty
        case .centerPenalty: .centerPenalty
        case .sparsityPenalty: .sparsityPenalty
        case .topK: .topK
        case .variational: .variational
        case .convolution: .convolution
        case .transposedConvolution: .transposedConvolution
        case .maximumPooling: .maximumPooling
        case .averagePooling: .averagePooling
        case .upsampling: .upsampling
        case .flatten: .flatten
        case .reshape: .reshape
        case .lstm: .lstm
        case .gru: .gru
        case .repeatVector: .repeatVector
        }
    }
}
