using System.Globalization;
using ServerlessCqrs.CommandApi.Commands;
using ServerlessCqrs.CommandApi.Requests;
using ServerlessCqrs.Http;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Simulation.Functions;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>Somebody with a token: sends one command after the other, loses patience, tries again under the same key, asks twice at once, and now and then uses a key for something else.</summary>
public sealed class Client(World world, Invoker<CommandApiFunction> api, Actor actor, string name, Func<(StreamId Stream, ICommand Command)> wish)
{
    private const int Attempts = 6;

    private readonly Dictionary<StreamId, Guid> _acknowledged = [];
    private readonly List<(StreamId Stream, string Key)> _keys = [];
    // From one who never pauses to one who always does.
    private readonly double _leisure = world.Dice.Roll("client.leisure");
    private int _requests;

    /// <summary>Goes on until nothing is left of the common budget.</summary>
    public async Task RunAsync(Func<bool> takeOne)
    {
        while (takeOne())
        {
            if (world.Dice.Roll($"{name}.pause") < _leisure) await world.Simulator.Delay(TimeSpan.FromMilliseconds(2_000 * world.Dice.Roll($"{name}.pause-for")));
            var (stream, command) = wish();
            var request = RequestFor(stream);
            var write = new Write(stream, command, Requires: WatchStreams.TryParse(stream, out var product, out _) ? [Requirement.Product(product)] : []);
            if (request.Key is not null && world.Dice.Happens("client.twice-at-once", 0.05)) await Task.WhenAll(SendAsync(request, write), SendAsync(request, write));
            else await SendAsync(request, write);
        }
    }

    private WriteRequest RequestFor(StreamId stream)
    {
        var number = _requests++;
        string? key = world.Dice.Roll($"{name}.key") < 0.7 ? string.Create(CultureInfo.InvariantCulture, $"{name}-{number}") : null;
        var reuse = _keys.Where(used => used.Stream == stream).ToList();
        if (key is not null && reuse.Count > 0 && world.Dice.Happens("client.key-reused", 0.05)) key = reuse[world.Dice.Roll($"{name}.reused-key", reuse.Count)].Key;
        if (key is not null) _keys.Add((stream, key));
        var version = world.Truth.Of(stream).Version - (world.Dice.Happens("client.stale-version", 0.1) ? 1 : 0);
        return new WriteRequest(
            new Caller(actor, "issuer", null),
            key,
            version >= 0 && world.Dice.Roll($"{name}.if-match") < 0.15 ? new IfMatch(version) : null,
            world.Dice.Roll($"{name}.wait") < 0.3 ? 5 : null,
            [.. BitConverter.GetBytes(number), .. new byte[28]]);
    }

    private async Task SendAsync(WriteRequest request, Write write)
    {
        var predecessor = _acknowledged.TryGetValue(write.Stream, out var before) ? before : (Guid?)null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            TimeSpan? patience = world.Dice.Happens("client.impatient", 0.05) ? TimeSpan.FromSeconds(10 * world.Dice.Roll("client.patience")) : null;
            var required = write.Requires.Count > 0 ? write.Requires[0].Stream : write.Command is CreateProduct ? (StreamId?)null : write.Stream;
            var existed = required is { } must && world.Truth.Of(must).Version > 0;
            var (ended, reply) = await api.InvokeAsync((service, _, ct) => service.SendAsync(request, write, predecessor, ct), patience);
            if (ended && reply is not Reply.InDoubt)
            {
                Take(write.Stream, reply!);
                if (reply is Reply.NotSent { Problem: var problem }) world.Truth.TurnedAway(write, actor, problem, existed);
                return;
            }

            // Without a key it is not safe to send it again.
            if (request.Key is null) return;
            await world.Simulator.Delay(TimeSpan.FromMilliseconds(500 << attempt));
        }
    }

    private void Take(StreamId stream, Reply reply)
    {
        switch (reply)
        {
            case Reply.Decided decided:
                world.Truth.Answered(decided.Outcome);
                Acknowledged(stream, decided.Outcome.CommandId);
                break;
            case Reply.Pending pending:
                Acknowledged(stream, pending.Command.CommandId);
                break;
        }
    }

    private void Acknowledged(StreamId stream, Guid commandId)
    {
        world.Truth.Acknowledged(commandId);
        _acknowledged[stream] = commandId;
    }
}
