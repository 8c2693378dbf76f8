using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>
/// The simulation's dice for several threads. The same seed rolls the same numbers at each place, and the real clock
/// decides when.
/// </summary>
internal sealed class ChaosDice(ulong seed)
{
    private readonly Lock _lock = new();
    private readonly Dice _dice = new(seed, FaultPlan.All) { FaultsAreOn = false };

    public bool FaultsAreOn
    {
        set
        {
            lock (_lock) _dice.FaultsAreOn = value;
        }
    }

    /// <summary>The number of times that each fault happened.</summary>
    public IReadOnlyDictionary<string, int> Happened
    {
        get
        {
            lock (_lock) return _dice.Happened.CountBy(fault => fault[..fault.LastIndexOf('#')]).ToDictionary();
        }
    }

    public bool Happens(string place, double chance)
    {
        lock (_lock) return _dice.Happens(place, chance);
    }

    public double Roll(string place)
    {
        lock (_lock) return _dice.Roll(place);
    }

    public int Roll(string place, int below)
    {
        lock (_lock) return _dice.Roll(place, below);
    }
}
