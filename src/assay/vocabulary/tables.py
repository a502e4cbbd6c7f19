"""The closed list: every fact table of the bench, by name."""

from assay.vocabulary.addresses import Address
from assay.vocabulary.code import CodeIndex, MatchSite
from assay.vocabulary.comparisons import (
    CodeFlow,
    Comparison,
    GateTruth,
    GateVariable,
    UnfollowedEdge,
    Weakness,
    WitnessStep,
)
from assay.vocabulary.containers import AppBundle, CompiledFile, DexReference, ForeignCode
from assay.vocabulary.fact import Fact, table_of
from assay.vocabulary.handset import BuildProperty, Preference
from assay.vocabulary.lists import Census, ListChange, ListVersion, Snapshot, Term, TermList
from assay.vocabulary.native import JniBoundary, NativeEntry, NativeLibrary
from assay.vocabulary.offers import ListOffer, ListRequest, OfferGate
from assay.vocabulary.packages import ArchiveOddity, Component, NetworkPolicy, Package, Permission, Signer
from assay.vocabulary.scripts import ScriptBundle
from assay.vocabulary.sdks import CodeShare, SdkUse
from assay.vocabulary.states import GateInState, GateState
from assay.vocabulary.traffic import Destination, Parameter, PlantedHit, RecipientCountry, Transfer
from assay.vocabulary.trials import Trial, TrialResult, TrialStep
from assay.vocabulary.uses import AssetUse, EntryPoint, PlatformCallback, ResourceUse

RECORDS: tuple[type[Fact], ...] = (
    Package, Signer, Permission, Component, NetworkPolicy, ArchiveOddity,
    CodeIndex, MatchSite,
    Comparison, GateTruth, GateVariable, WitnessStep, UnfollowedEdge, CodeFlow, Weakness,
    ListOffer, OfferGate, ListRequest, GateState, GateInState,
    EntryPoint, PlatformCallback, ResourceUse, AssetUse,
    SdkUse, CodeShare,
    AppBundle, CompiledFile, DexReference, ForeignCode,
    NativeLibrary, NativeEntry, JniBoundary, ScriptBundle,
    Address,
    TermList, Term, Census, Snapshot, ListVersion, ListChange,
    Transfer, Parameter, PlantedHit, Destination, RecipientCountry,
    BuildProperty, Preference,
    Trial, TrialStep, TrialResult,
)  # fmt: skip

TABLES: dict[str, type[Fact]] = {table_of(record): record for record in RECORDS}
