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
