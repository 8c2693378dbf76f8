using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Projections.History;

namespace ServerlessCqrs.Operating.History;

/// <summary>The output formats of a history.</summary>
internal enum HistoryFormat
{
    Text,
    Json,
    Ndjson,
}

/// <summary>Writes a history as a stream, so memory does not limit its length.</summary>
internal sealed class HistoryWriter(TextWriter to)
{
    public async Task WriteAsync(IAsyncEnumerable<HistoryItem> history, HistoryFormat format, CancellationToken ct)
    {
        var count = await WriteAsync(history, format, Write, HistoryJson.Default.HistoryItem, ct);
        if (format == HistoryFormat.Text) await to.WriteLineAsync(count == 0 ? "Nothing was ever decided there." : $"{count:N0} commands");
    }

    public async Task WriteAsync(IAsyncEnumerable<Operation> operations, HistoryFormat format, CancellationToken ct)
    {
        var count = await WriteAsync(operations, format, Write, OperationJson.Default.Operation, ct);
        if (format == HistoryFormat.Text) await to.WriteLineAsync(count == 0 ? "Nothing was done then." : $"{count:N0} operations");
    }

    private async Task<int> WriteAsync<T>(IAsyncEnumerable<T> items, HistoryFormat format, Action<T> write, JsonTypeInfo<T> json, CancellationToken ct)
    {
        var count = 0;
        if (format == HistoryFormat.Json) await to.WriteAsync("[");
        await foreach (var item in items.WithCancellation(ct))
        {
            if (format == HistoryFormat.Json && count > 0) await to.WriteAsync(",");
            if (format == HistoryFormat.Text) write(item);
            else await to.WriteLineAsync(JsonSerializer.Serialize(item, json));
            count++;
        }

        if (format == HistoryFormat.Json) await to.WriteLineAsync("]");
        return count;
    }

    private void Write(Operation operation) => to.WriteLine($"{Time(operation.At)}  {operation.What} {operation.Subject}, by {operation.Who}{(operation.Why is { } why ? $": {why}" : "")}");

    private void Write(HistoryItem item)
    {
        to.WriteLine($"{Time(item.DecidedAt)}  {item.Stream}  version {item.Version}  {item.Type} {item.Status}{(item.Code is null ? "" : $": {item.Code}, {item.Reason}")}");
        to.WriteLine($"  by {item.Actor.Id} ({item.Actor.Role}), command {item.CommandId} issued {Time(item.IssuedAt)}{(item.CausationId is { } cause ? $", because of event {cause}" : "")}{(item.CorrelationId is { } correlation ? $", of {correlation}" : "")}");
        if (item.Asked is { } asked) to.WriteLine($"  asked for {asked.GetRawText()}");
        foreach (var e in item.Events)
        {
            to.WriteLine($"  {e.Type} at version {e.Version}{(e.Changes is null ? $": {e.Data.GetRawText()}" : "")}");
            foreach (var change in e.Changes ?? []) to.WriteLine($"    {change.Path}: {JsonDifference.Show(change.Before)} → {JsonDifference.Show(change.After)}");
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Operation))]
internal sealed partial class OperationJson : JsonSerializerContext;
