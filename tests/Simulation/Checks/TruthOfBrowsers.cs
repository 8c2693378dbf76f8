using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Push;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>What browsers hear.</summary>
public sealed partial class Truth
{
    /// <summary>In a calm world, the items of a closed socket are deleted by then.</summary>
    private static readonly TimeSpan LongestForgetting = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(string Socket, StreamId Stream), long> _hintedAt = [];
    private readonly Dictionary<string, long> _foundClosedAt = [];

    /// <summary>The sockets, or null in a world without browsers.</summary>
    public SimSockets? Sockets { get; set; }

    /// <summary>A socket's client got a hint.</summary>
    public void Hinted(SimSocket socket, StreamId stream, long version)
    {
        Note("hinted", stream, $"v{version} to {socket.Id}");
        if (stream.Category == OrderStreams.Category && CustomerOf(stream) != socket.User.Id)
            Break(HintsArePrivate, stream, $"{socket.User.Id} got a hint of v{version}.");
        // Skewed clocks and late calls can shorten the second.
        if (isCalm && _hintedAt.TryGetValue((socket.Id, stream), out var last) && simulator.Now - last < PushLimits.Interval.Ticks)
            Break(HintsAreSpaced, stream, $"{socket.Id} got v{version} after {TimeSpan.FromTicks(simulator.Now - last)}.");
        _hintedAt[(socket.Id, stream)] = simulator.Now;
    }

    /// <summary>A hint was posted to a closed socket.</summary>
    public void PostedToClosed(string socket)
    {
        simulator.Timeline.Add("found closed", null, socket);
        if (_foundClosedAt.TryAdd(socket, simulator.Now)) return;
        if (isCalm && TimeSpan.FromTicks(simulator.Now - _foundClosedAt[socket]) > LongestForgetting)
            simulator.Violate(GoneIsForgotten, $"{socket} was found closed {TimeSpan.FromTicks(simulator.Now - _foundClosedAt[socket])} before.");
    }

    /// <summary>A page got the answer to its watch.</summary>
    /// <param name="least">The stream's version when the page asked.</param>
    public void Watching(SimSocket socket, StreamId stream, long version, long least)
    {
        Note("watched", stream, $"v{version} by {socket.Id}");
        if (version < least) Break(WatchCatchesUp, stream, $"{socket.Id} gets v{version}, and v{least} was committed when it asked.");
    }

    /// <summary>The function for browsers reported a message as done.</summary>
    private void DoneForBrowsers(SimQueue queue, SimQueue.Message message)
    {
        foreach (var (stream, version) in VersionsIn(message.Body))
        {
            var behind = Sockets!.Open.FirstOrDefault(socket => socket.Watched.Contains(stream) && socket.VersionOf(stream) < version);
            if (behind is null || IsStillNamed(stream, version, queue.BodiesBut(message).Concat(queue.DeadLetters.Select(letter => letter.Body)))) continue;
            Break(DoneIsHinted, stream, $"A message with v{version} is done, and {behind.Id} knows v{behind.VersionOf(stream)}.");
        }
    }

    private static bool IsStillNamed(StreamId stream, long version, IEnumerable<string> messages) =>
        messages.Any(message => VersionsIn(message).GetValueOrDefault(stream) >= version);

    private static Dictionary<StreamId, long> VersionsIn(string message)
    {
        var parsed = EventMessage.Parse(ShopContracts.Events, message);
        return parsed.Events.Select(e => (e.Stream, e.Version)).Concat(parsed.Hints.Select(hint => (hint.Stream, hint.Version)))
            .GroupBy(one => one.Stream, one => one.Version)
            .ToDictionary(versions => versions.Key, versions => versions.Max());
    }

    private string? CustomerOf(StreamId order) => Of(order).Events.Select(e => e.Event).OfType<OrderCreated>().FirstOrDefault()?.Customer;
}
