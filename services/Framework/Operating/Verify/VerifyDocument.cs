using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessCqrs.Operating.Mails;
using ServerlessCqrs.Operating.Queues;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>The JSON form of a verification report.</summary>
/// <param name="Totals">The number of differences by kind.</param>
/// <param name="Differences">The first differences of each kind.</param>
internal sealed record VerifyDocument(
    bool Clean,
    int Streams,
    int Events,
    int Commands,
    int Items,
    int NotLoggedYet,
    IReadOnlyDictionary<string, int> Totals,
    IReadOnlyList<VerifyDocumentDifference> Differences,
    IReadOnlyList<QueueDepth> Queues,
    MailCounts Mails)
{
    public static string Write(VerifyReport report, IReadOnlyList<QueueDepth> queues, MailCounts mails) => JsonSerializer.Serialize(
        new VerifyDocument(
            report.IsClean,
            report.Streams,
            report.Events,
            report.Commands,
            report.Items,
            report.NotLoggedYet,
            report.Totals,
            [.. report.Kept.Select(difference => new VerifyDocumentDifference(difference.Kind, difference.Stream.ToString(), difference.Text))],
            queues,
            mails),
        VerifyJson.Default.VerifyDocument);
}

internal sealed record VerifyDocumentDifference(
    string Kind,
    string Stream,
    string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(VerifyDocument))]
internal sealed partial class VerifyJson : JsonSerializerContext;
