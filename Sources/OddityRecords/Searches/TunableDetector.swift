package import OddityDetectors
package import OddityModelSelection

/// A detector whose settings `oddity tune` chooses.
package protocol TunableDetector: SearchableDetector {
    /// What sets it apart from other trials, in a few words.
    var shortSettings: String { get }
}

extension Trial where Base: TunableDetector {
    /// What sets the trial apart, in a few words.
    package var settings: String { configuration.shortSettings }
}

extension TableDetector: TunableDetector {
    package var shortSettings: String {
        var parts = [layers(hiddenSizes ?? []), variant.shortName]
        if dropout > 0 { parts.append("dropout \(dropout)") }
        parts.append("rate \(learningRate)")
        if let epochs { parts.append(counted(epochs, "epoch")) }
        return parts.joined(separator: " ")
    }
}

extension SeriesDetector: TunableDetector {
    package var shortSettings: String {
        var parts = [network.kind.rawValue]
        if let windowLength { parts.append("window \(windowLength)") }
        let sizes = (network.hiddenSizes ?? []) + [network.latentSize].compactMap(\.self)
        if !sizes.isEmpty { parts.append(layers(sizes)) }
        parts += [network.variant.shortName, "rate \(learningRate)"]
        if let epochs { parts.append(counted(epochs, "epoch")) }
        return parts.joined(separator: " ")
    }
}

private func layers(_ sizes: [Int]) -> String {
    sizes.map(String.init).joined(separator: "-")
}

extension AutoencoderVariant {
    fileprivate var shortName: String {
        guard case .denoising(.gaussian(let deviation)) = self else { return name }
        return "\(name) \(deviation)"
    }
}
