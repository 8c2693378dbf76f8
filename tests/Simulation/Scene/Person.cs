using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// A user on the web, with or without a token. Some renew the token before it expires, and others after it was refused.
/// All give up sometimes.
/// </summary>
public sealed class Person(World world, string name, Actor? actor)
{
    private readonly bool _isCareful = world.Dice.Roll($"{name}.careful") < 0.5;
    private SimToken? _token;

    /// <summary>Returns the answer, or null if none came in time, or only failures.</summary>
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
        // A forged token.
        if (world.Dice.Happens("person.forged-token", 0.01)) return SimIdentity.Forge(actor, world.Simulator.UtcNow);
        // A token that the issuer signed for another API.
        if (world.Dice.Happens("person.other-apps-token", 0.01)) return SimIdentity.OfAnotherApp(actor, world.Simulator.UtcNow);
        if (world.Dice.Happens("person.id-token", 0.01)) return SimIdentity.Id(actor, world.Simulator.UtcNow);
        if (_token is null || _isCareful && _token.Ends <= world.Simulator.UtcNow) _token = SimIdentity.Issue(actor, world.Simulator.UtcNow);
        return _token;
    }
}
