extension ImageDetector: Codable {
    private enum CodingKeys: String, CodingKey {
        case folds, globalSizes, pixelSizes, patchSizes, pixelNetwork, pixelScore, measures
        case scoring, codeDistance, steps, patchSteps, patchCount, seed
    }

    /// Reads settings; those of the network of pixels and of codes that are left out have their defaults.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        folds = try container.decode(Int.self, forKey: .folds)
        globalSizes = try container.decode([Int].self, forKey: .globalSizes)
        pixelSizes = try container.decode([Int].self, forKey: .pixelSizes)
        patchSizes = try container.decode([Int].self, forKey: .patchSizes)
        steps = try container.decode(Int.self, forKey: .steps)
        patchSteps = try container.decode(Int.self, forKey: .patchSteps)
        patchCount = try container.decode(Int.self, forKey: .patchCount)
        seed = try container.decode(UInt64.self, forKey: .seed)
        if let network = try container.decodeIfPresent(PixelNetwork.self, forKey: .pixelNetwork) {
            pixelNetwork = network
        }
        if let score = try container.decodeIfPresent(PixelScore.self, forKey: .pixelScore) {
            pixelScore = score
        }
        if let counted = try container.decodeIfPresent(ImageMeasures.self, forKey: .measures) {
            measures = counted
        }
        if let known = try container.decodeIfPresent(ImageScoring.self, forKey: .scoring) {
            scoring = known
        }
        if let distance = try container.decodeIfPresent(
            Autoencoder.CodeDistance.self,
            forKey: .codeDistance
        ) {
            codeDistance = distance
        }
    }

    /// Writes settings; those of the network of pixels and of codes only where they are not the defaults.
    public func encode(to encoder: any Encoder) throws {
        let usual = ImageDetector()
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(folds, forKey: .folds)
        try container.encode(globalSizes, forKey: .globalSizes)
        try container.encode(pixelSizes, forKey: .pixelSizes)
        try container.encode(patchSizes, forKey: .patchSizes)
        try container.encode(steps, forKey: .steps)
        try container.encode(patchSteps, forKey: .patchSteps)
        try container.encode(patchCount, forKey: .patchCount)
        try container.encode(seed, forKey: .seed)
        if pixelNetwork != usual.pixelNetwork {
            try container.encode(pixelNetwork, forKey: .pixelNetwork)
        }
        if pixelScore != usual.pixelScore { try container.encode(pixelScore, forKey: .pixelScore) }
        if scoring.usesCode {
            try container.encode(scoring, forKey: .scoring)
            try container.encode(codeDistance, forKey: .codeDistance)
        }
        if measures != usual.measures { try container.encode(measures, forKey: .measures) }
    }
}
