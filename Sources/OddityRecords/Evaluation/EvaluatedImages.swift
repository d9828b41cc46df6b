package import OddityDetectors
package import OddityEvaluation
package import OddityImages
internal import OddityLinearAlgebra
package import OddityReports

/// Scored and labelled images, and the few that a report shows.
package struct EvaluatedImages {
    /// The images that one part of a report shows.
    private static let shownCount = 6

    package private(set) var scores: [RowScore] = []
    package private(set) var labels: [Bool] = []
    /// How well heat maps point at the defects that masks mark; nil without masks.
    package private(set) var pixels: PixelEvaluation?
    package private(set) var sections: [ImageSection] = []
    /// What the images are called.
    private var names: [String] = []

    /// Scores the images of a collection that have labels.
    ///
    /// - Parameter onSkip: told of images that cannot be read, where they are skipped.
    package init(
        _ collection: ImageCollection,
        detector: FittedImageDetector,
        preparer: ImagePreparer,
        drawsStrips: Bool,
        threadCount: Int,
        onSkip: (SkippedImage) -> Void
    ) throws {
        var indices: [Int] = []
        var maps: [PixelEvaluation.Map] = []
        let hasMasks = try (0..<collection.count).contains { try collection.mask(at: $0) != nil }
        for range in collection.chunks(of: min(256, preparer.suggestedChunkSize)) {
            let batch = try preparer.applied(to: collection, in: range, threadCount: threadCount)
            batch.skipped.forEach(onSkip)
            let found = batch.images.map(\.index)
            indices += found
            names += found.map(collection.name(at:))
            labels += found.map { collection.label(at: $0)?.isAnomaly ?? false }
            guard hasMasks else {
                scores += try detector.scores(of: batch, threadCount: threadCount)
                continue
            }
            let explained = try Parallel.map(
                count: batch.images.count,
                threadCount: threadCount
            ) { try detector.explained(batch.images[$0], of: batch) }
            scores += explained.map(\.score)
            for (image, explained) in zip(batch.images, explained) {
                maps += try EvaluatedImages.map(of: explained, image, collection, preparer)
            }
        }
        if maps.contains(where: { $0.mask.contains(true) }) { pixels = try PixelEvaluation(maps) }
        guard drawsStrips else { return }
        sections = try shown(by: detector).map { title, places in
            ImageSection(
                title: title,
                parts: HeatMaps.parts,
                images: try places.map { place in
                    let index = indices[place]
                    let batch = try preparer.applied(to: collection, in: index..<index + 1)
                    let strip = try HeatMaps(detector: detector).strip(
                        of: batch.images[0],
                        in: batch
                    )
                    let kind = collection.label(at: index)?.kind ?? ""
                    return ReportedImage(
                        caption: "\(collection.name(at: index)): \(kind), score "
                            + decimals(scores[place].score, 2),
                        png: try strip.pngBytes()
                    )
                }
            )
        }
    }

    /// The images as the rows of a page: the oddest, the good ones that may be false alarms, and the defects that may be
    /// missed, each with the highest measures first.
    package func rows(
        by detector: FittedImageDetector
    ) -> (oddest: [ReportedRow], normal: [ReportedRow], anomalous: [ReportedRow]) {
        let rows = scores.indices.map { place in
            ReportedRow(
                scores[place],
                isFlagged: detector.isAnomaly(scores[place]),
                reasons: [],
                name: names[place],
                isAnomaly: labels[place],
                measure: detector.decisionRule.measure(of: scores[place])
            )
        }.sorted { $0.measure > $1.measure }
        return (
            Array(rows.prefix(200)), rows.filter { $0.isAnomaly == false },
            rows.filter { $0.isAnomaly == true }
        )
    }

    /// The heat map of a good image, or of a defect that has a mask.
    private static func map(
        of explained: ExplainedImage,
        _ image: ImageBatch.Entry,
        _ collection: ImageCollection,
        _ preparer: ImagePreparer
    ) throws -> [PixelEvaluation.Map] {
        let isAnomaly = collection.label(at: image.index)?.isAnomaly ?? false
        let mask = try collection.mask(at: image.index).map(preparer.pixels(markedIn:))
        guard let mask = mask ?? (isAnomaly ? nil : explained.heatMap.map { _ in false }) else {
            return []
        }
        return [
            PixelEvaluation.Map(
                scores: explained.heatMap,
                mask: mask,
                width: image.size.width
            )
        ]
    }

    /// The oddest images, and those on the wrong side of the threshold or next to it.
    private func shown(by detector: FittedImageDetector) -> [(title: String, places: [Int])] {
        let ranked = scores.indices.sorted { scores[$0].score > scores[$1].score }
        func first(_ places: [Int]) -> [Int] {
            Array(places.prefix(EvaluatedImages.shownCount))
        }
        let flagged = ranked.filter { detector.isAnomaly(scores[$0]) }
        let others = ranked.filter { !detector.isAnomaly(scores[$0]) }
        return [
            ("The oddest images", first(ranked)),
            ("The closest calls: just odd", first(flagged.reversed())),
            ("The closest calls: just normal", first(others)),
            ("False alarms", first(flagged.filter { !labels[$0] })),
            ("Missed anomalies", first(others.filter { labels[$0] })),
        ]
    }
}
