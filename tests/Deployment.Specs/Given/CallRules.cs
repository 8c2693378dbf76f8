using ServerlessCqrs.Calls;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Rules about recorded calls and the rights that the templates grant.</summary>
public static class CallRules
{
    /// <summary>The calls that the journeys recorded.</summary>
    public static IReadOnlyCollection<Call> Recorded { get; } = CallTable.Parse(File.ReadAllText(Path.Combine(Tool.RepositoryRoot, "infra", "Aws", "calls.json")));

    /// <summary>Returns the calls that AWS would refuse.</summary>
    public static IReadOnlyList<string> Refused(Cloud cloud, IEnumerable<Call> calls)
    {
        var rights = new GrantedRights(cloud);
        return
        [
            .. from need in Need.All(cloud, calls)
               let reason = rights.WhyNot(need)
               where reason is not null
               select $"{need} ({need.Why}): {reason}",
        ];
    }

    /// <summary>Returns the rights that no call needs and no reason explains.</summary>
    public static IReadOnlyList<string> Unneeded(Cloud cloud, IEnumerable<Call> calls)
    {
        HashSet<string> needed = [.. Need.All(cloud, calls).Select(need => $"{need}"), .. Need.Stated(cloud).Select(need => $"{need}")];
        return [.. new GrantedRights(cloud).Grants.Where(grant => grant.IsAllowed).Select(grant => $"{grant.Program} {grant.Action} {grant.Resource}").Where(right => !needed.Contains(right)).Distinct()];
    }

    /// <summary>
    /// Returns the obsolete reasons: for a right that nobody has, for one that a call needs, or with a program that
    /// makes no such call.
    /// </summary>
    public static IReadOnlyList<string> Obsolete(Cloud cloud, IReadOnlyCollection<Call> calls)
    {
        HashSet<string> granted = [.. new GrantedRights(cloud).Grants.Select(grant => $"{grant.Program} {grant.Action} {grant.Resource}")];
        HashSet<string> needed = [.. Need.All(cloud, calls).Select(need => $"{need}")];
        return
        [
            .. Need.Stated(cloud).Select(need => $"{need}").Where(right => !granted.Contains(right) || needed.Contains(right)),
            .. StatedReasons.All.Where(reason => reason.As is { } program && !calls.Any(call => CallRights.RightOf(call) == (program, reason.Action, reason.Resource)))
                .Select(reason => $"{reason.As} was not seen to need {reason.Action} on {reason.Resource}"),
        ];
    }
}
