using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>What must exist, or must not, when CloudFormation creates, changes or deletes one resource.</summary>
public sealed class StepChecks
{
    /// <summary>Instances that boot in the deployment at hand, and the handle that their script signals.</summary>
    private readonly Dictionary<string, string> _signals = [];

    /// <summary>All that the stack at hand will have.</summary>
    public IReadOnlyCollection<Resource> Planned { get; set; } = [];

    /// <summary>What there was before the deployment at hand.</summary>
    public Account Before { get; set; } = new();

    /// <param name="account">What is there for sure; asked for only where a rule looks at it.</param>
    public IEnumerable<string> OfCreation(Func<Account> account, Created resource) => resource.Type switch
    {
        "AWS::EC2::Instance" => Boot(account(), resource),
        "AWS::EC2::VolumeAttachment" => Attach(account(), resource),
        "AWS::CloudFormation::WaitCondition" => Wait(account(), resource),
        "AWS::Lambda::EventSourceMapping" => Mapped(account(), resource),
        "AWS::Lambda::Function" when resource.Properties["VpcConfig"] is not null => Joins(account(), resource),
        "AWS::Cognito::UserPool" => Verified(resource),
        _ => [],
    };

    /// <param name="account">What is there for sure; asked for only where a rule looks at it.</param>
    /// <param name="old">The resource before the update.</param>
    public IEnumerable<string> OfUpdate(Func<Account> account, Created old, Created resource,
        IReadOnlyList<string> changed)
    {
        if (resource.Type == "AWS::Cognito::UserPool") return Verified(resource);
        if (resource.Type == "AWS::DynamoDB::Table") return Indexed(old, resource);
        if (resource.Type != "AWS::EC2::Instance"
            || !changed.Any(property => Replacements.Interrupts(resource.Type, property))) return [];
        return IsRunAtEveryBoot(resource) ? Boot(account(), resource)
            : [$"{resource.Name}: CloudFormation stops and starts it, and its script does not run again"];
    }

    public static IEnumerable<string> OfReplacement(Created old, Created now, IReadOnlyList<string> changed)
    {
        if (old.Type == "AWS::EC2::Instance"
            && old.Properties["ImageId"]?.ToString() != now.Properties["ImageId"]?.ToString()
            && JsonNode.DeepEquals(old.Node["Properties"]!["ImageId"], now.Node["Properties"]!["ImageId"]))
            yield return $"{old.Id} is replaced unasked: there is a newer image";
        // A new resource under a name that the old one still has cannot be created (CloudFormation User Guide, "Name
        // type").
        if (old.Type == "AWS::EC2::LaunchTemplate" && now.Properties["LaunchTemplateName"] is { } name
            && name.ToString() == old.Properties["LaunchTemplateName"]?.ToString()
            && !changed.Contains("LaunchTemplateName"))
            yield return $"{old.Id}: there is one named {name}";
        if (old.IsKept) yield return $"{old.Id} is replaced, and what it holds stays behind in {old.Name}";
    }

    public static IEnumerable<string> OfDeletion(Account account, Created resource)
    {
        switch (resource.Type)
        {
            // CloudFormation Template Reference, AWS::EC2::VolumeAttachment: unmount the volume first.
            case "AWS::EC2::VolumeAttachment" when account.All
                .Any(one => one.Name == resource.Properties["InstanceId"]!.ToString() && one.IsRunning)
                && resource.IsMounted:
                yield return $"{resource.Name} is detached while its volume is mounted";
                break;
            case "AWS::S3::Bucket" when !account.IsEmptied(resource.Name):
                yield return $"{resource.Name} is not empty";
                break;
            case "AWS::DynamoDB::Table" or "AWS::Cognito::UserPool" when resource.Properties["DeletionProtectionEnabled"]?.ToString() == "true" || resource.Properties["DeletionProtection"]?.ToString() == "ACTIVE":
                yield return $"{resource.Name} is protected from deletion";
                break;
        }
    }

    /// <summary>
    /// People put SES's records into their DNS after the deployment that creates the identity. Until then, Cognito
    /// refuses it: "Email address is not verified" (aws-cdk#18964).
    /// </summary>
    private IEnumerable<string> Verified(Created pool)
    {
        if (pool.Properties["EmailConfiguration"]?["EmailSendingAccount"]?.ToString() == "DEVELOPER"
            && !Before.All.Any(one => one.Type == "AWS::SES::EmailIdentity"))
            yield return $"{pool.Name} sends mails as an identity that nobody could verify yet";
    }

    /// <summary>
    /// DynamoDB creates or deletes one index at a time, and changes no key and no projection of one (DynamoDB API
    /// Reference, UpdateTable).
    /// </summary>
    private static IEnumerable<string> Indexed(Created old, Created table)
    {
        var (before, now) = (IndexesOf(old), IndexesOf(table));
        var changes = before.Keys.Except(now.Keys).Concat(now.Keys.Except(before.Keys)).Count();
        if (changes > 1) yield return $"{table.Name}: {changes} indexes change at once";
        foreach (var (name, index) in now)
            if (before.TryGetValue(name, out var there) && there != index)
                yield return $"{table.Name}: its index {name} cannot change under its name";

        static Dictionary<string, string> IndexesOf(Created one) =>
            References.Listed(one.Properties["GlobalSecondaryIndexes"])
                .ToDictionary(index => index["IndexName"]!.ToString(), index => index.ToJsonString());
    }

    private IEnumerable<string> Boot(Account account, Created instance)
    {
        if (instance.Properties["UserData"] is null) yield break;
        if (HandleOf(account, instance) is { } handle) _signals[instance.Id] = handle.Name;
        foreach (var policy in account.All.Where(one => one.Type == "AWS::IAM::Role"
            && IsRoleOf(account, one, instance)).SelectMany(role => PoliciesMissing(account, role)))
            yield return $"{instance.Name} boots before {policy}";
        var table = account.All.SingleOrDefault(one => one.Type == "AWS::EC2::SubnetRouteTableAssociation"
            && one.Properties["SubnetId"]?.ToString() == instance.Properties["SubnetId"]?.ToString());
        if (table is null)
        {
            yield return $"{instance.Name} boots before its subnet has a route table";
            yield break;
        }

        var route = account.All.SingleOrDefault(one => one.Type == "AWS::EC2::Route"
            && one.Properties["RouteTableId"]?.ToString() == table.Properties["RouteTableId"]?.ToString());
        if (route is null) yield return $"{instance.Name} boots before its subnet has a route out";
        else if (route.Properties["GatewayId"] is { } gateway
            && !account.All.Any(one => one.Type == "AWS::EC2::VPCGatewayAttachment"
            && one.Properties["InternetGatewayId"]?.ToString() == gateway.ToString()))
            yield return $"{instance.Name} boots before the internet gateway is attached";
        else if (account.All.SingleOrDefault(one =>
            one.Name == route.Properties["InstanceId"]?.ToString()) is { } router
            && !account.All.Any(one => one.Type == "AWS::CloudFormation::WaitCondition"
                && one.Properties["Handle"]?.ToString() == HandleOf(account, router)?.Name))
            yield return $"{instance.Name} boots before {router.Name} is known to pass anything on";
    }

    private static IEnumerable<string> Attach(Account account, Created attachment)
    {
        var holder = account.All.FirstOrDefault(one => one.Type == attachment.Type && one.Name != attachment.Name
            && one.Properties["VolumeId"]!.ToString() == attachment.Properties["VolumeId"]!.ToString());
        if (holder is not null) yield return $"{attachment.Name}: the volume is still attached to {holder.Properties["InstanceId"]}";
    }

    private IEnumerable<string> Wait(Account account, Created condition)
    {
        var instance = account.All.SingleOrDefault(one => one.Type == "AWS::EC2::Instance"
            && one.Stack == condition.Stack
            && HandleOf(account, one)?.Name == condition.Properties["Handle"]?.ToString());
        if (instance is null || _signals.GetValueOrDefault(instance.Id) != condition.Properties["Handle"]?.ToString())
        {
            yield return $"{condition.Name} waits forever: no instance boots with its handle";
            yield break;
        }

        var volumes = References.Needs(instance.Node["Properties"]!["UserData"])
            .Where(id => account.In(instance.Stack).GetValueOrDefault(id) is { Type: "AWS::EC2::Volume" });
        foreach (var volume in volumes.Select(id => account.In(instance.Stack)[id].Name))
            if (!account.All.Any(one => one.Type == "AWS::EC2::VolumeAttachment"
                && one.Properties["VolumeId"]?.ToString() == volume
                && one.Properties["InstanceId"]?.ToString() == instance.Name))
                yield return $"{condition.Name} waits forever: {volume} is attached after it";
    }

    /// <summary>
    /// Lambda looks at once whether the function may read its source (Lambda Developer Guide, "Event source mappings").
    /// </summary>
    private IEnumerable<string> Mapped(Account account, Created mapping)
    {
        var function = account.All.SingleOrDefault(one => one.Type == "AWS::Lambda::Function"
            && one.Name == mapping.Properties["FunctionName"]?.ToString());
        var role = account.All.SingleOrDefault(one => one.Type == "AWS::IAM::Role"
            && function?.Properties["Role"]?.ToString() == $"{one.Name}.Arn");
        return role is null ? [] : PoliciesMissing(account, role)
            .Select(policy => $"{mapping.Name} is created before {policy}");
    }

    /// <summary>Lambda makes the network interfaces of a function while it creates it.</summary>
    private IEnumerable<string> Joins(Account account, Created function)
    {
        var role = account.All.SingleOrDefault(one => one.Type == "AWS::IAM::Role"
            && function.Properties["Role"]?.ToString() == $"{one.Name}.Arn");
        return role is null ? [] : PoliciesMissing(account, role)
            .Select(policy => $"{function.Name} joins its network before {policy}");
    }

    private IEnumerable<string> PoliciesMissing(Account account, Created role) =>
        from policy in Planned
        where policy.Type == "AWS::IAM::Policy" && References.Needs(policy["Roles"]).Contains(role.Id)
            && !account.In(policy.Stack).ContainsKey(policy.Id)
        select policy.Path;

    private static bool IsRoleOf(Account account, Created role, Created instance) =>
        account.All.SingleOrDefault(one => one.Type == "AWS::IAM::InstanceProfile"
            && one.Name == instance.Properties["IamInstanceProfile"]?.ToString())?.Properties["Roles"] is JsonArray roles && roles.Any(name => name!.ToString() == role.Name);

    private static Created? HandleOf(Account account, Created instance) =>
        References.Needs(instance.Node["Properties"]!["UserData"])
        .Select(id => account.In(instance.Stack).GetValueOrDefault(id))
        .FirstOrDefault(one => one?.Type == "AWS::CloudFormation::WaitConditionHandle");

    private static bool IsRunAtEveryBoot(Created instance) => instance.Properties["UserData"]!.ToJsonString()
        .Contains("[scripts-user, always]", StringComparison.Ordinal);
}
