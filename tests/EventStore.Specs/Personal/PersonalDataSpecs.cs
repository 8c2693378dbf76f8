using ServerlessCqrs.EventStore.Personal;

namespace ServerlessCqrs.EventStore.Specs.Personal;

public sealed class PersonalDataWithKeysInMemorySpecs : PersonalDataContract
{
    protected override IPersonKeys Keys { get; } = new InMemoryPersonKeys();
}

public sealed class PersonalDataWithKeysInDynamoDbSpecs(Stores stores) : PersonalDataContract
{
    protected override IPersonKeys Keys { get; } = new DynamoDbPersonKeys(stores.Dynamo, stores.PersonKeysTable);
}
