using System.Text.Json;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>A page that watches streams over a socket. It leaves sometimes, and connects again.</summary>
/// <param name="longestPause">In seconds. A page that seldom asks depends on its hints.</param>
public sealed class Browser(World world, Wishes wishes, Actor user, string name, double longestPause)
{
    private readonly SimSockets _sockets = world.Sockets!;

    public async Task RunAsync(Func<bool> goOn)
    {
        while (goOn())
        {
            await PauseAsync(2);
            if (await _sockets.ConnectAsync(user) is { } socket) await StayAsync(socket, goOn);
        }
    }

    private async Task StayAsync(SimSocket socket, Func<bool> goOn)
    {
        while (goOn() && _sockets.IsOpen(socket))
        {
            await WatchAsync(socket);
            await PauseAsync(longestPause);
            if (!goOn() || world.Dice.Roll($"{name}.leaves") >= 0.25) continue;
            await _sockets.LeaveAsync(socket, isReported: world.Dice.Roll($"{name}.leaves-with-a-word") < 0.5);
        }
    }

    private async Task WatchAsync(SimSocket socket)
    {
        StreamId[] products = [.. new[] { wishes.AnyProduct(), wishes.AnyProduct() }.Distinct().Select(ProductStreams.IdOf)];
        var order = wishes.OrderOf(world.Dice.Roll($"{name}.pries") < 0.2 ? null : user, $"{name}.order");
        // The shop refuses the whole message for another customer's order, and for one that does not exist.
        if (!await WatchAsync(socket, [.. products, order], SimIdentity.Issue(user, world.Simulator.UtcNow).Text)) await WatchAsync(socket, products, token: null);
    }

    private async Task<bool> WatchAsync(SimSocket socket, StreamId[] streams, string? token)
    {
        socket.Watched = [];
        var least = streams.ToDictionary(stream => stream, stream => world.Truth.Of(stream).Version);
        var names = streams.Select(stream => stream.ToString());
        var answer = await _sockets.SendAsync(socket, token is null ? JsonSerializer.Serialize(new { watch = names }) : JsonSerializer.Serialize(new { watch = names, token }));
        if (answer?.TryGetProperty("watching", out var watching) != true) return answer is null;
        foreach (var one in watching.EnumerateArray())
        {
            var (stream, version) = (StreamId.Parse(one.GetProperty("stream").GetString()!), one.GetProperty("version").GetInt64());
            world.Truth.Watching(socket, stream, version, least[stream]);
            socket.Knows(stream, version);
        }

        socket.Watched = streams;
        return true;
    }

    private Task PauseAsync(double seconds) => world.Simulator.Delay(TimeSpan.FromSeconds(seconds * world.Dice.Roll($"{name}.pause")));
}
