internal import OddityDetectors
internal import OddityRecords

extension Options<FitOption> {
    /// The options of each variant.
    private static let owned: [(variant: VariantName, names: [FitOption])] = [
        (.sparse, [.sparsityWeight, .sparsityTarget, .sparsityLayers, .activeUnits]),
        (.denoising, [.noise, .noiseLevel]),
        (.variational, [.klWeight, .klWarmUp, .meanL1, .freeBits]),
    ]

    /// The variant that the options describe.
    func chosenVariant() throws -> AutoencoderVariant {
        let name: VariantName = try named(.variant) ?? .plain
        for (variant, names) in Self.owned where variant != name {
            guard let stray = names.first(where: { value($0) != nil }) else { continue }
            throw InvalidArgument(
                "option \(stray.rawValue) belongs to variant \"\(variant)\", and the variant is \"\(name)\""
            )
        }
        switch name {
        case .sparse: return .sparse(try sparseCode())
        case .denoising: return .denoising(try corruption())
        case .variational:
            var code = VariationalCode()
            if let weight = try number(.klWeight) { code.klWeight = Float(weight) }
            if let epochs = try integer(.klWarmUp) { code.warmUpEpochs = epochs }
            if let weight = try number(.meanL1) { code.meanL1 = Float(weight) }
            if let bits = try number(.freeBits) { code.freeBits = Float(bits) }
            return .variational(code)
        case .plain: return .plain
        case .convolutional:
            throw InvalidArgument("variant \"convolutional\" is for images, and these are tables")
        }
    }

    private func sparseCode() throws -> SparseCode {
        let given = [FitOption.sparsityWeight, .sparsityTarget, .sparsityLayers, .activeUnits]
            .filter {
                value($0) != nil
            }
        if let count = try integer(.activeUnits) {
            guard given.count == 1 else {
                throw InvalidArgument(
                    "option active_units keeps the code sparse without a penalty; leave out the other options of sparsity"
                )
            }
            return .largest(count: count)
        }
        let weight = Float(try number(.sparsityWeight) ?? 0.001)
        if let target = try number(.sparsityTarget) {
            guard !given.contains(.sparsityLayers) else {
                throw InvalidArgument(
                    "option sparsity_layers says whose magnitudes are penalized; leave out sparsity_target"
                )
            }
            return .divergence(target: Float(target), weight: weight)
        }
        return .l1(weight: weight, layers: try choice(.sparsityLayers) ?? .code)
    }

    private func corruption() throws -> Corruption {
        let name: NoiseName = try named(.noise) ?? .gaussian
        if name == .multiScale {
            guard let value = value(.noiseLevel) else { return .multiScale() }
            guard case .list(let levels) = value, levels.count == 2,
                let low = levels[0].asNumber, let high = levels[1].asNumber
            else {
                throw invalid(.noiseLevel, "a list of two numbers with noise \"multi-scale\"")
            }
            return .multiScale(low: Float(low), high: Float(high))
        }
        let level = Float(try number(.noiseLevel) ?? 0.1)
        return switch name {
        case .masking: .masking(rate: level)
        case .swap: .swap(rate: level)
        case .gaussian, .multiScale: .gaussian(deviation: level)
        }
    }
}

extension OptionValue {
    fileprivate var asNumber: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        default: nil
        }
    }
}
