using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>Somebody on the web, with a token or without one. Some get a new token before the old one expires, others only once it was refused; all lose patience at times.</summary>
public sealed class Person(World world, string name, Actor? actor)
{
    private readonly bool _isCareful = world.Dice.Roll($"{name}.careful") < 0.5;
    private SimToken? _token;

    /// <summary>The answer; null where none came in time, or none but that something failed.</summary>
    public async Task<SimAnswer?> SendAsync(SimRequest request)
    {
        var answer = await SendOnceAsync(request);
        if (answer?.Status != 401 || actor is null) return answer;
        _token = null;
        return await SendOnceAsync(request);
    }

    private async Task<SimAnswer?> SendOnceAsync(SimRequest request)
    {
        var answer = world.Edge.SendAsync(actor is null ? request : request.With(Token(actor)));
        if (world.Dice.Happens("person.impatient", 0.05))
            await Task.WhenAny(answer, world.Simulator.Delay(TimeSpan.FromSeconds(10 * world.Dice.Roll("person.patience"))));
        else
            await answer;
        return answer.IsCompleted && await answer is { Status: not (429 or 500) } came ? came : null;
    }

    private SimToken Token(Actor actor)
    {
        if (world.Dice.Happens("person.old-token", 0.02)) return SimIdentity.Issue(actor, world.Simulator.UtcNow.AddMinutes(-10));
        // One that somebody made for themselves.
        if (world.Dice.Happens("person.forged-token", 0.01)) return SimIdentity.Forge(actor, world.Simulator.UtcNow);
        // One that the issuer signed, but not for this API.
        if (world.Dice.Happens("person.other-apps-token", 0.01)) return SimIdentity.OfAnotherApp(actor, world.Simulator.UtcNow);
        if (world.Dice.Happens("person.id-token", 0.01)) return SimIdentity.Id(actor, world.Simulator.UtcNow);
        if (_token is null || _isCareful && _token.Ends <= world.Simulator.UtcNow) _token = SimIdentity.Issue(actor, world.Simulator.UtcNow);
        return _token;
    }
}
