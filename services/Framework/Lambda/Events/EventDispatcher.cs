using System.Text.Json;

namespace ServerlessCqrs.Lambda;

/// <summary>Passes a function's events to its handler for that kind of event.</summary>
internal sealed class EventDispatcher : IInvocationHandler
{
    private static readonly ReadOnlyMemory<byte> Done = "{}"u8.ToArray();

    private readonly IKinesisBatchHandler? _kinesis;
    private readonly ISqsBatchHandler? _sqs;
    private readonly IScheduledHandler? _scheduled;
    private readonly IWebSocketHandler? _sockets;

    public EventDispatcher(
        IKinesisBatchHandler? kinesis = null,
        ISqsBatchHandler? sqs = null,
        IScheduledHandler? scheduled = null,
        IWebSocketHandler? sockets = null)
    {
        if (kinesis is null && sqs is null && scheduled is null && sockets is null)
            throw new InvalidOperationException("The function registers no IKinesisBatchHandler, ISqsBatchHandler, IScheduledHandler or IWebSocketHandler.");
        (_kinesis, _sqs, _scheduled, _sockets) = (kinesis, sqs, scheduled, sockets);
    }

    public async Task<ReadOnlyMemory<byte>> HandleAsync(byte[] payload, InvocationContext context, CancellationToken ct)
    {
        switch (EventKinds.Of(payload))
        {
            case EventKind.Kinesis when _kinesis is not null:
                return await HandleAsync(_kinesis, KinesisEvent.Read(payload), context, ct);
            case EventKind.Sqs when _sqs is not null:
                return await HandleAsync(_sqs, SqsEvent.Read(payload), context, ct);
            case EventKind.Scheduled when _scheduled is not null:
                await _scheduled.HandleAsync(ReadTick(payload), context, ct);
                return Done;
            case EventKind.WebSocket when _sockets is not null:
                return WebSocketEventJson.Write(await _sockets.HandleAsync(WebSocketEventJson.Read(payload), context, ct));
            case EventKind.Unknown:
                throw new UnknownEventException("The event has none of the shapes this function knows: Kinesis, SQS, WebSocket or scheduled.");
            case var kind:
                throw new UnknownEventException($"The function has no handler for {kind} events.");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> HandleAsync(IKinesisBatchHandler handler, List<KinesisRecord> records, InvocationContext context, CancellationToken ct)
    {
        var firstFailed = await handler.HandleAsync(records, context, ct);
        if (firstFailed is null) return BatchReport.Of([]);
        if (!records.Exists(r => r.SequenceNumber == firstFailed))
            throw new InvalidOperationException($"The handler reports the sequence number '{firstFailed}', which is not in the batch.");
        return BatchReport.Of([firstFailed]);
    }

    private static async Task<ReadOnlyMemory<byte>> HandleAsync(ISqsBatchHandler handler, List<SqsMessage> messages, InvocationContext context, CancellationToken ct)
    {
        var failed = await handler.HandleAsync(messages, context, ct)
            ?? throw new InvalidOperationException("The handler returned null, not the ids of the failed messages.");
        if (failed.Count == 0) return BatchReport.Of([]);
        var known = messages.Select(m => m.MessageId).ToHashSet();
        foreach (var id in failed)
            if (!known.Contains(id))
                throw new InvalidOperationException($"The handler reports the message id '{id}', which is not in the batch.");
        return BatchReport.Of(failed.ToHashSet());
    }

    private static ScheduledEvent ReadTick(byte[] payload)
    {
        using var json = JsonDocument.Parse(payload);
        var root = json.RootElement;
        return new(
            root.TryGetProperty("resources", out var rules) && rules.ValueKind == JsonValueKind.Array && rules.GetArrayLength() > 0 ? rules[0].GetString() : null,
            root.TryGetProperty("time", out var time) ? time.GetDateTimeOffset() : null);
    }
}
