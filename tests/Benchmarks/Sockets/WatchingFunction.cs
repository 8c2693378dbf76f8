using System.Text.Json;
using ServerlessCqrs.LocalRuntime.Lambda;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Benchmarks.Sockets;

/// <summary>Lets sockets watch the streams that they name.</summary>
internal sealed class WatchingFunction(InMemoryWatchers watchers) : IInvoker
{
    public string Name => "Watching";

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        var e = JsonElement.Parse(payload.Span);
        var context = e.GetProperty("requestContext");
        // A page that vanishes is not reported: API Gateway does that at best effort.
        if (context.GetProperty("eventType").GetString() != "MESSAGE") return Answer(new { statusCode = 200 });
        var streams = JsonElement.Parse(e.GetProperty("body").GetString()!).GetProperty("watch").EnumerateArray().Select(stream => StreamId.Parse(stream.GetString()!)).ToList();
        await watchers.WatchAsync(context.GetProperty("connectionId").GetString()!, "", streams, ct);
        return Answer(new { statusCode = 200, body = """{"watching":[]}""" });
    }

    private static InvocationResult.Answered Answer(object answer) => new(JsonSerializer.SerializeToUtf8Bytes(answer));
}
