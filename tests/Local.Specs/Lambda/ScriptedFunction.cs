using System.Globalization;
using System.Text.Json;
using ServerlessCqrs.LocalRuntime.Lambda;

namespace ServerlessCqrs.LocalRuntime.Specs.Lambda;

/// <summary>A function that responds as the test says, and records its batches by their records' ids.</summary>
internal sealed class ScriptedFunction(Func<string[], Task<InvocationResult>> answer) : IInvoker
{
    private readonly Lock _gate = new();
    private readonly List<string[]> _batches = [];
    private readonly List<JsonElement> _events = [];

    public ScriptedFunction(Func<string[], InvocationResult> answer) : this(batch => Task.FromResult(answer(batch)))
    {
    }

    public string Name => "Scripted";

    public static InvocationResult Handled { get; } = new InvocationResult.Answered("""{"batchItemFailures":[]}"""u8.ToArray());

    public static InvocationResult Threw { get; } = new InvocationResult.Failed("Exception", "boom");

    /// <summary>Each batch as numbers separated by spaces.</summary>
    public IReadOnlyList<string> Batches
    {
        get
        {
            lock (_gate)
                return [.. _batches.Select(batch => string.Join(' ', batch))];
        }
    }

    public IReadOnlyList<JsonElement> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    public static InvocationResult Failed(params string[] ids) => new InvocationResult.Answered(
        JsonSerializer.SerializeToUtf8Bytes(new { batchItemFailures = ids.Select(id => new { itemIdentifier = id }) }));

    public static ScriptedFunction ThatHandlesAll() => new(_ => Handled);

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        var all = JsonDocument.Parse(payload.ToArray()).RootElement;
        string[] ids = [.. all.GetProperty("Records").EnumerateArray().Select(IdOf)];
        lock (_gate)
        {
            _batches.Add(ids);
            _events.Add(all);
        }

        return await answer(ids).WaitAsync(ct);
    }

    private static string IdOf(JsonElement record) => record.TryGetProperty("kinesis", out var kinesis)
        ? kinesis.GetProperty("sequenceNumber").GetString()!
        : record.GetProperty("messageId").GetString()!;

    public static string[] Numbers(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
