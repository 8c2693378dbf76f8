using System.Text.Json;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// A function's response to a batch, read as Lambda reads it with <c>ReportBatchItemFailures</c>
/// (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html). An empty response, null,
/// an object without the list and an empty list all mean success. An item without a valid identifier fails the whole
/// batch.
/// </summary>
public abstract record BatchReport
{
    private BatchReport()
    {
    }

    public sealed record Handled : BatchReport;

    /// <param name="Ids">The failed items of the batch.</param>
    public sealed record Partial(IReadOnlySet<string> Ids) : BatchReport;

    public sealed record Malformed(string Reason) : BatchReport;

    /// <param name="ids">The sequence numbers or message ids of the batch's items.</param>
    public static BatchReport Read(ReadOnlyMemory<byte> answer, IReadOnlySet<string> ids)
    {
        if (answer.Span.Trim(" \t\r\n"u8).IsEmpty)
            return new Handled();
        try
        {
            using var json = JsonDocument.Parse(answer);
            return Read(json.RootElement, ids);
        }
        catch (JsonException)
        {
            return new Malformed("The answer is not JSON.");
        }
    }

    private static BatchReport Read(JsonElement answer, IReadOnlySet<string> ids)
    {
        if (answer.ValueKind == JsonValueKind.Null)
            return new Handled();
        if (answer.ValueKind != JsonValueKind.Object)
            return new Malformed("The answer is not an object.");
        if (!answer.TryGetProperty("batchItemFailures", out var items) || items.ValueKind == JsonValueKind.Null)
            return new Handled();
        if (items.ValueKind != JsonValueKind.Array)
            return new Malformed("batchItemFailures is not a list.");

        var failed = new HashSet<string>();
        foreach (var item in items.EnumerateArray())
        {
            if (IdOf(item) is not { Length: > 0 } id)
                return new Malformed("An item of batchItemFailures has no itemIdentifier.");
            if (!ids.Contains(id))
                return new Malformed($"batchItemFailures names {id}, which the batch does not have.");
            failed.Add(id);
        }

        return failed.Count == 0 ? new Handled() : new Partial(failed);
    }

    private static string? IdOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("itemIdentifier", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
}
