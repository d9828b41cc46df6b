import OddityEvaluation
import Testing

/// scikit-learn and we agree to 1e-12.
struct ParityTests {
    @Test func areasAgree() throws {
        for reference in try Reference.load().cases {
            let scores = try reference.labeled()
            #expect(agree(try ROCCurve(scores).area, reference.auroc), "\(reference.name)")
            let average = try PrecisionRecallCurve(scores).averagePrecision
            #expect(agree(average, reference.averagePrecision), "\(reference.name)")
        }
    }

    @Test func partsOfAreasAgree() throws {
        let file = try Reference.load()
        for reference in file.cases {
            for drops in [true, false] {
                let curve = try ROCCurve(reference.labeled(), dropsCollinear: drops)
                let part = try curve.standardizedArea(upTo: file.part)
                #expect(agree(part, reference.partialArea), "\(reference.name)")
            }
        }
    }

    @Test func deLongAgrees() throws {
        for reference in try Reference.load().cases {
            let labels = reference.labels.map { $0 == 1 }
            let scores = reference.scores
            let interval = try ROCCurve.areaInterval(reference.labeled())
            guard let expected = reference.deLong else {
                #expect(interval == nil, "\(reference.name)")
                continue
            }
            let variance = expected.variance
            let margin = 1.959963984540054 * variance.squareRoot()
            #expect(agree(interval?.lower, variance > 0 ? max(0, reference.auroc - margin) : nil))
            #expect(agree(interval?.upper, variance > 0 ? min(1, reference.auroc + margin) : nil))
            let compared = try ROCComparison(scores, expected.other, labels: labels)
            #expect(agree(compared.standardError, expected.standardError), "\(reference.name)")
            #expect(agree(compared.pValue, expected.pValue), "\(reference.name)")
            let turned = try ROCComparison(expected.other, scores, labels: labels)
            #expect(
                agree(turned.pValue, compared.pValue) && turned.difference == -compared.difference
            )
        }
    }

    @Test func rocCurvesAgree() throws {
        for reference in try Reference.load().cases {
            let curve = try ROCCurve(reference.labeled(), dropsCollinear: false)
            let points = curve.points.dropFirst()
            #expect(curve.points.first?.threshold == .infinity)
            #expect(points.map(\.threshold) == reference.roc.threshold, "\(reference.name)")
            #expect(agree(points.map(\.falseAlarmRate), reference.roc.falseAlarmRate))
            #expect(agree(points.map(\.detectionRate), reference.roc.detectionRate))
        }
    }

    @Test func precisionRecallCurvesAgree() throws {
        for reference in try Reference.load().cases {
            let expected = reference.precisionRecall
            let points = try PrecisionRecallCurve(reference.labeled(), dropsVertical: false).points
            #expect(points.map(\.threshold) == expected.threshold, "\(reference.name)")
            #expect(agree(points.map(\.precision), expected.precision))
            #expect(agree(points.map(\.recall), expected.recall))
        }
    }

    @Test func confusionMatricesAgree() throws {
        for reference in try Reference.load().cases {
            let scores = try reference.labeled()
            for expected in reference.confusion {
                let matrix = try scores.confusionMatrix(at: expected.threshold)
                #expect(matrix.truePositives == expected.tp)
                #expect(matrix.falsePositives == expected.fp)
                #expect(matrix.trueNegatives == expected.tn)
                #expect(matrix.falseNegatives == expected.fn)
                #expect(agree(matrix.precision, expected.precision))
                #expect(agree(matrix.recall, expected.recall))
                #expect(agree(matrix.f1, expected.f1))
                #expect(agree(matrix.accuracy, expected.accuracy))
                #expect(agree(matrix.balancedAccuracy, expected.balancedAccuracy))
                #expect(agree(matrix.matthewsCorrelation, expected.matthewsCorrelation))
            }
        }
    }

    @Test func chosenThresholdsAgree() throws {
        let file = try Reference.load()
        let criteria: [String: ThresholdCriterion] = [
            "youden": .youden,
            "bestF1": .bestF1,
            "leastCost": .leastCost(
                costFalseAlarm: file.costFalseAlarm,
                costMiss: file.costMiss,
                prevalence: file.prevalence
            ),
            "leastObservedCost": .leastCost(
                costFalseAlarm: file.costFalseAlarm,
                costMiss: file.costMiss
            ),
            "falseAlarmRate": .falseAlarmRate(file.rate),
        ]
        for reference in file.cases {
            let scores = try reference.labeled()
            #expect(Set(reference.criteria.keys) == Set(criteria.keys))
            for (name, criterion) in criteria {
                let expected = try #require(reference.criteria[name])
                let choice = try scores.threshold(by: criterion)
                #expect(choice.threshold == expected.threshold, "\(reference.name): \(name)")
                #expect(agree(choice.value, expected.value), "\(reference.name): \(name)")
                #expect(
                    choice.confusionMatrix == (try scores.confusionMatrix(at: choice.threshold))
                )
            }
        }
    }
}
