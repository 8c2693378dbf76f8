using System.Globalization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// A user with a token. They send one command after another, retry with the same key, send two at once, and sometimes
/// use a key for another request. They read the outcome of their commands, and check that they see their own changes.
/// </summary>
/// <param name="longestPause">In seconds.</param>
public sealed class Client(World world, Actor actor, string name, Func<Wish> wishes, double longestPause = 2)
{
    private const int Attempts = 6;

    private readonly Person _person = new(world, name, actor);
    private readonly Dictionary<StreamId, Guid> _acknowledged = [];
    private readonly List<(StreamId Stream, string Key)> _keys = [];
    // From a user who never pauses to one who always does.
    private readonly double _leisure = world.Dice.Roll("client.leisure");
    private readonly Sayings _sayings = new(world.Dice);
    private readonly JsonSpellings _spellings = new(world.Dice);
    private int _requests;

    private Dice Dice => world.Dice;

    /// <summary>Continues until the shared budget is used up.</summary>
    public async Task RunAsync(Func<bool> takeOne)
    {
        while (takeOne())
        {
            if (Dice.Roll($"{name}.pause") < _leisure) await world.Simulator.Delay(TimeSpan.FromSeconds(longestPause * Dice.Roll($"{name}.pause-for")));
            var (wish, key) = Next();
            var request = _spellings.Of(wish.ToRequest(key, Dice.Roll($"{name}.wait") < 0.2 ? 5 : null));
            if (key is not null && Dice.Happens("client.twice-at-once", 0.05)) await Task.WhenAll(SendAsync(wish, request), SendAsync(wish, request));
            else await SendAsync(wish, request);
        }
    }

    private (Wish Wish, string? Key) Next()
    {
        var wish = wishes();
        wish = wish with { Command = _sayings.In(wish.Command) };
        var number = _requests++;
        var key = Dice.Roll($"{name}.key") < 0.7 ? string.Create(CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(name)}-{number}") : null;
        if (key is not null && wish.Command is CreateProduct && Dice.Roll($"{name}.unnamed") < 0.1)
            return (wish with { Stream = ProductStreams.IdOf(CommandIds.OfCreated(actor.Id, key)), IsNamed = false }, key);
        var reuse = _keys.Where(used => used.Stream == wish.Stream).ToList();
        if (key is not null && reuse.Count > 0 && Dice.Happens("client.key-reused", 0.05)) key = reuse[Dice.Roll($"{name}.reused-key", reuse.Count)].Key;
        if (key is not null) _keys.Add((wish.Stream, key));
        var version = world.Truth.Of(wish.Stream).Version - (Dice.Happens("client.stale-version", 0.1) ? 1 : 0);
        return (version >= 0 && Dice.Roll($"{name}.if-match") < 0.15 ? wish with { IfMatch = version } : wish, key);
    }

    private async Task SendAsync(Wish wish, SimRequest request)
    {
        world.Truth.SenderAtHand.Value = new Sender(actor, wish, _acknowledged.TryGetValue(wish.Stream, out var before) ? before : null);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var existed = wish.Requires.All(must => world.Truth.Of(must).Version > 0);
            if (await _person.SendAsync(request) is { Status: not 503 } answer)
            {
                await TakeAsync(wish, answer, existed);
                return;
            }

            // Without a key a retry is not safe.
            if (!request.Headers.ContainsKey("idempotency-key")) return;
            await world.Simulator.Delay(TimeSpan.FromMilliseconds(500 << attempt));
        }
    }

    private async Task TakeAsync(Wish wish, SimAnswer answer, bool existed)
    {
        if (answer.Status == 401) return;
        if (answer.Text("commandId") is not { } id)
        {
            world.Truth.TurnedAway(wish, actor, answer, existed);
            return;
        }

        foreach (var url in new[] { answer.Header("Location"), answer.Text("statusUrl") }.OfType<string>()) world.Truth.JudgeUrl(url);
        var command = Guid.Parse(id);
        world.Truth.Acknowledged(command);
        _acknowledged[wish.Stream] = command;
        if (answer.Status == 201 && Dice.Roll($"{name}.opens") < 0.5) await _person.SendAsync(SimRequest.Get(answer.Header("Location")!));
        if (answer.Status != 202) world.Truth.Told(wish.Stream, command, answer.Status < 400 ? answer.Text("status")! : "refused", answer.Code, answer.Number("version")!.Value);
        var version = answer.Status == 202 ? await FollowAsync(answer) : answer.Number("version");
        if (version > 0 && wish.Stream.Category == ProductStreams.Category && Dice.Roll($"{name}.looks") < 0.4)
            await _person.SendAsync(SimRequest.Get(string.Create(CultureInfo.InvariantCulture, $"/products/{wish.Stream.Key}?atLeastVersion={version}")));
    }

    /// <summary>Returns the version that the status URL of a 202 finally gives, or null if it does not soon.</summary>
    private async Task<long?> FollowAsync(SimAnswer accepted)
    {
        if (Dice.Roll($"{name}.follows") > 0.3) return null;
        for (var look = 0; look < 3; look++)
        {
            await world.Simulator.Delay(TimeSpan.FromMilliseconds(200 << look));
            if (await _person.SendAsync(SimRequest.Get(accepted.Text("statusUrl")!)) is { Status: 200 } status && status.Number("version") is { } version) return version;
        }

        return null;
    }
}
