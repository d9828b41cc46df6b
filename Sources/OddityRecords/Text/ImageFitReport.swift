package import OddityDetectors
internal import OddityFailures
package import OddityImages

/// What `oddity fit` tells a person about images.
package enum ImageFitReport {
    /// What was understood of the data, of which the training images may be a part.
    package static func understood(
        _ collection: ImageCollection,
        _ training: ImageCollection,
        _ survey: ImageSurvey,
        learnsGoodOnly: Bool = true
    ) -> [String] {
        let sizes =
            survey.commonSize.map { "\($0)" }
            ?? "of \(survey.counts.count) sizes, about \(survey.medianSize)"
        var lines = [
            FitReport.line(
                "data",
                "\(collection.path): \(counted(training.count, "image")), \(sizes), "
                    + (survey.hasColor ? "in color" : "grey")
            )
        ]
        let others = collection.count - training.count
        if collection.hasLabels, learnsGoodOnly {
            lines.append(
                FitReport.line(
                    "labels",
                    "folders tell kinds: only good images are learned from"
                        + (others > 0 ? ", \(grouped(others)) others are left out" : "")
                )
            )
        }
        return lines + doubts(collection).map { FitReport.line("warning", $0) }
    }

    /// Of how many groups the images are, and what that means.
    package static func groups(_ groups: [Int]) -> String {
        let images = counted(groups.count, "image")
        return FitReport.line(
            "groups",
            "\(images) of \(counted(Set(groups).count, "group")), each held out as a whole; "
                + "p-values are backed by the number of groups, not of images"
        )
    }

    /// What a person should look at.
    package static func doubts(_ collection: ImageCollection) -> [String] {
        let kinds = collection.unclearKinds
        guard !kinds.isEmpty else { return [] }
        let shown = kinds.prefix(3).map { printable($0) + "/" }.joined(separator: ", ")
        return [
            "sub-folders such as \(shown) look like kinds, and none is called good, ok or normal: all images count as normal;"
                + " give the folder of normal ones, or call it good"
        ]
    }

    /// What was learned.
    package static func learned(_ detector: FittedImageDetector) -> [String] {
        let shape = detector.shape
        var lines = [
            FitReport.line(
                "network",
                "\(shape.width) × \(shape.height) pixels, \(counted(detector.memberCount, "member")), "
                    + "\(counted(detector.parameterCount, "parameter")) each"
            ),
            FitReport.line(
                "alignment",
                "\(decimals(detector.alignment, 2)): "
                    + (detector.alignment > 0.2
                        ? "images show the same thing in the same place"
                        : "images are textures, judged by their parts more than as a whole")
            ),
            FitReport.line(
                "calibration",
                "\(detector.calibrationText); anomaly when \(detector.decisionRule)"
            ),
        ]
        if detector.configuration.pixelNetwork != .dense {
            let pixels = detector.configuration.pixelText(shape)
            lines.insert(FitReport.line("pixels", pixels), at: 1)
        }
        if detector.configuration.measures == .pixels {
            lines.removeAll { $0.hasPrefix("alignment") }
        }
        if let warning = detector.unreachableRate {
            lines.append(
                FitReport.line(
                    "warning",
                    "\(warning.text). \(warning.remedy("images"))"
                )
            )
        }
        return lines
    }
}
