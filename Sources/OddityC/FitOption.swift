/// The options of a fit: those of `oddity fit`, with underscores.
enum FitOption: String, CaseIterable, Sendable {
    // Of everything.
    case falseAlarmRate = "false_alarm_rate"
    case threads, source, seed, folds, variant
    // Of tables and series.
    case memory, ignore, categorical, numeric, missing, decimal, thousands, schema, label
    case timeOrder = "time_order"
    case timeFormat = "time_format"
    case timeZone = "time_zone"
    case hidden, loss, epochs, patience, scaling, scoring
    case learningRate = "learning_rate"
    case batchSize = "batch_size"
    case sparsityWeight = "sparsity_weight"
    case sparsityTarget = "sparsity_target"
    case sparsityLayers = "sparsity_layers"
    case activeUnits = "active_units"
    case noise
    case noiseLevel = "noise_level"
    case klWeight = "kl_weight"
    case klWarmUp = "kl_warm_up"
    case meanL1 = "mean_l1"
    case freeBits = "free_bits"
    // Of rows that stand alone.
    case contamination, positive, normal
    case timeFeatures = "time_features"
    case activation, optimizer, schedule, dropout, clip, pca
    case outputActivation = "output_activation"
    case clipGradients = "clip_gradients"
    case weightDecay = "weight_decay"
    case residualBlocks = "residual_blocks"
    case batchNormalization = "batch_normalization"
    case missingValues = "missing_values"
    case tiedWeights = "tied_weights"
    case codeDistance = "code_distance"
    case svddWeight = "svdd_weight"
    case storedRows = "stored_rows"
    // Of series.
    case time, series, entity, window, stride, network, forecast, sort, duplicates, sampling
    case trend, season
    case gapLimit = "gap_limit"
    case fillLimit = "fill_limit"
    case alarmsPerDay = "alarms_per_day"
    // Of images.
    case imageSize = "image_size"
    case imageColor = "image_color"
    case centerCrop = "center_crop"
    case normalize, tile, group
    case tileStride = "tile_stride"
    case ignoreMask = "ignore_mask"
    case channels, latent, bottleneck, augment
    case imageLoss = "image_loss"
    case imageVariant = "image_variant"
    case imageVariantLevel = "image_variant_level"
    case imageSteps = "image_steps"
    case imageLearningRate = "image_learning_rate"
    case imageBatchSize = "image_batch_size"
    case pixelScore = "pixel_score"
    case standardizePixels = "standardize_pixels"
    case imageMeasures = "image_measures"
    case imageScore = "image_score"
    case imageCodeDistance = "image_code_distance"
}

extension FitOption {
    /// Those of everything that is fitted.
    private static let common: Set<Self> = [
        .falseAlarmRate, .threads, .source, .seed, .folds, .variant,
    ]
    /// Those of rows that stand alone, and of no series.
    private static let ofRows: Set<Self> = [
        .contamination, .positive, .normal, .timeFeatures, .activation, .optimizer, .schedule,
        .dropout, .clip, .pca, .outputActivation, .clipGradients, .weightDecay, .residualBlocks,
        .batchNormalization, .missingValues, .tiedWeights, .codeDistance, .svddWeight, .storedRows,
    ]
    /// Those that make rows a series.
    static let ofSeries: Set<Self> = [
        .time, .series, .entity, .window, .stride, .network, .forecast, .sort, .duplicates,
        .sampling, .trend, .season, .gapLimit, .fillLimit, .alarmsPerDay,
    ]
    /// Those of images.
    private static let ofImages: Set<Self> = [
        .imageSize, .imageColor, .centerCrop, .normalize, .tile, .tileStride, .ignoreMask,
        .group, .channels, .latent, .bottleneck, .augment, .imageLoss, .imageVariant,
        .imageVariantLevel,
        .imageSteps, .imageLearningRate, .imageBatchSize, .pixelScore, .standardizePixels,
        .imageMeasures, .imageScore, .imageCodeDistance,
    ]
    /// Those of the network of pixels that convolutions need.
    static let ofConvolutions: Set<Self> = [
        .channels, .latent, .bottleneck, .augment, .imageLoss, .imageVariant, .imageVariantLevel,
        .imageSteps, .imageLearningRate, .imageBatchSize,
    ]
    /// Those that need a column of times.
    static let needingTime: Set<Self> = [
        .gapLimit, .sort, .duplicates, .sampling, .season, .alarmsPerDay,
    ]

    /// What something else is fitted to than an option is for; nil where the option acts.
    func isFor(_ kind: FitKind) -> String? {
        if Self.common.contains(self) { return nil }
        switch kind {
        case .rows where Self.ofSeries.contains(self):
            return "series; name their column of times (time), or give series: true"
        case .rows where Self.ofImages.contains(self): return "images"
        case .series where Self.ofRows.contains(self): return "rows that stand alone"
        case .series where Self.ofImages.contains(self): return "images"
        case .images where !Self.ofImages.contains(self):
            return Self.ofSeries.contains(self) ? "series" : "tables"
        default: return nil
        }
    }
}

/// What is fitted to.
enum FitKind {
    case rows, series, images
}
