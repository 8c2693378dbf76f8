using System.Globalization;

namespace ServerlessCqrs.Operator.Demo;

/// <summary>What became of the demo's requests so far. Safe for several threads.</summary>
internal sealed class DemoCounts
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private readonly List<double> _times = [];
    private int _accepted, _refused, _failed;

    /// <param name="code">Why the shop refused it; null where it accepted it.</param>
    public void Answered(string? code, TimeSpan took)
    {
        lock (_lock)
        {
            _times.Add(took.TotalMilliseconds);
            if (code is null)
            {
                _accepted++;
                return;
            }

            _refused++;
            _refusals[code] = _refusals.GetValueOrDefault(code) + 1;
        }
    }

    /// <summary>The shop did not answer, or could not.</summary>
    public void Failed()
    {
        lock (_lock) _failed++;
    }

    /// <summary>One line for a person. Times are those since the last line.</summary>
    public string Line(TimeSpan elapsed)
    {
        lock (_lock)
        {
            double[] sorted = [.. _times.Order()];
            _times.Clear();
            var median = sorted.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", p50 {sorted[sorted.Length / 2]:0} ms");
            return string.Create(CultureInfo.InvariantCulture, $@"{elapsed:hh\:mm\:ss}  {_accepted} accepted, {_refused} refused, {_failed} failed{median}");
        }
    }

    /// <summary>How often each refusal came, the most frequent first.</summary>
    public string Refusals()
    {
        lock (_lock) return _refusals.Count == 0 ? "none" : string.Join(", ", _refusals.OrderByDescending(one => one.Value).Select(one => $"{one.Key} {one.Value}"));
    }
}
