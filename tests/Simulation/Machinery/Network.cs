using Amazon.Runtime;

namespace ServerlessCqrs.Simulation.Machinery;

/// <summary>
/// Carries every call of the product to a service. A call takes time in both directions, and may meet any <see
/// cref="Fault"/>.
/// </summary>
public sealed class Network(Simulator simulator, Dice dice)
{
    private static readonly (Fault, double)[] Faults =
    [
        (Fault.FailBefore, 0.02),
        (Fault.FailAfter, 0.02),
        (Fault.Late, 0.004),
        (Fault.Twice, 0.01),
        (Fault.KillBefore, 0.006),
        (Fault.KillAfter, 0.006),
    ];

    private static readonly (Fault, double)[] FaultsOfOne = [.. Faults.Where(fault => fault.Item1 != Fault.Twice)];

    private readonly Dictionary<string, long> _awayUntil = [];
    private readonly Dictionary<string, (Dice.Place Fault, Dice.Place There, Dice.Place Back)> _places = [];

    /// <summary>Starts an outage of the service that lasts at least this long.</summary>
    public void TakeAway(string service, TimeSpan duration)
    {
        _awayUntil[service] = Math.Max(_awayUntil.GetValueOrDefault(service), simulator.Now + duration.Ticks);
        simulator.Timeline.Add("away", null, $"{service} for {duration}");
    }

    /// <summary>
    /// True during an outage of a service, of a part of it (<c>clickhouse/writes</c>), or of the whole it belongs to.
    /// </summary>
    public bool IsAway(string service) =>
        _awayUntil.TryGetValue(service, out var until) && until > simulator.Now || service.LastIndexOf('/') is > 0 and var end && IsAway(service[..end]);

    /// <summary>Completes at the end of the outage.</summary>
    public async Task BackAsync(string service)
    {
        while (IsAway(service)) await simulator.Delay(TimeSpan.FromTicks(_awayUntil[service] - simulator.Now));
    }

    /// <summary>The time until all outages have ended.</summary>
    public TimeSpan UntilAllAreBack => TimeSpan.FromTicks(Math.Max(0, _awayUntil.Values.Append(0).Max() - simulator.Now));

    /// <summary>Calls <paramref name="service"/>.</summary>
    /// <param name="place">Service and operation, where the dice roll.</param>
    /// <param name="effect">What the service does in one atomic step. Its exceptions are its responses.</param>
    /// <param name="isOne">True if the client library makes only one attempt.</param>
    public Task<T> CallAsync<T>(string service, string place, Func<T> effect, CancellationToken ct, bool isOne = false)
    {
        simulator.AssertInside();
        if (ct.IsCancellationRequested) return Task.FromCanceled<T>(ct);
        var caller = SimProcess.Running ?? throw new InvalidOperationException($"{place} was called from outside of every process.");
        var answer = new TaskCompletionSource<T>();
        // The caller stops waiting, and the call continues.
        var registration = ct.CanBeCanceled ? ct.UnsafeRegister(_ => answer.TrySetCanceled(ct), null) : default;
        var places = PlacesOf(place);
        var fault = dice.FaultOf(places.Fault, isOne ? FaultsOfOne : Faults);
        if (fault is Fault.KillBefore or Fault.KillAfter && !caller.MayDie) fault = Fault.FailAfter;
        var there = fault == Fault.Late ? TimeSpan.FromSeconds(1 + 100 * dice.Roll(place + "/late")) : Latency(places.There);
        if (fault == Fault.KillBefore)
        {
            caller.Kill($"at {place}");
            return answer.Task;
        }

        if (fault == Fault.KillAfter) simulator.After(there / 2, () => caller.Kill($"during {place}"));
        simulator.After(there, () => Arrive(service, place, effect, fault, places.Back, answer, registration));
        return answer.Task;
    }

    private void Arrive<T>(string service, string place, Func<T> effect, Fault fault, Dice.Place back, TaskCompletionSource<T> answer, CancellationTokenRegistration registration)
    {
        Action reply;
        if (fault == Fault.FailBefore || IsAway(service))
        {
            reply = () => answer.TrySetException(new SimulatedFaultException($"{place} failed."));
        }
        else
        {
            try
            {
                var result = effect();
                if (fault == Fault.Twice) result = effect();
                reply = fault == Fault.FailAfter
                    ? () => answer.TrySetException(new SimulatedFaultException($"{place}: the answer was lost."))
                    : () => answer.TrySetResult(result);
            }
            catch (Exception e)
            {
                if (e is not (SimulatedFaultException or AmazonServiceException)) simulator.Violate(Checks.Invariants.NothingThrows, $"{place}: {e}");
                reply = () => answer.TrySetException(e);
            }
        }

        simulator.After(Latency(back), () =>
        {
            registration.Dispose();
            reply();
        });
    }

    private (Dice.Place Fault, Dice.Place There, Dice.Place Back) PlacesOf(string place)
    {
        if (!_places.TryGetValue(place, out var places)) _places.Add(place, places = (dice.At(place), dice.At(place + "/there"), dice.At(place + "/back")));
        return places;
    }

    // Usually a few milliseconds. Occasionally a call is slow, so that neighbours overtake each other.
    private static TimeSpan Latency(Dice.Place place)
    {
        var roll = place.Next();
        return TimeSpan.FromMilliseconds(roll < 0.95 ? 1 + roll * 10 : 10 + (roll - 0.95) * 10_000);
    }
}

/// <summary>A call that failed by the dice.</summary>
public sealed class SimulatedFaultException(string message) : Exception(message);
